const LOOKS = ['focus', 'blur', 'visibilitychange'] as const

/** Told when somebody turns to this page, or away. */
export function onLook(hear: () => void): () => void {
  for (const kind of LOOKS) addEventListener(kind, hear)
  return () => {
    for (const kind of LOOKS) removeEventListener(kind, hear)
  }
}

/** Whether somebody looks at this page. */
export function isLookedAt(): boolean {
  return document.hasFocus() && !document.hidden
}
