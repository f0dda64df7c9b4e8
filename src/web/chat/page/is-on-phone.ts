/** Touched with fingers, with a keyboard that comes over the page. */
export function isOnPhone(): boolean {
  return matchMedia('(hover: none) and (pointer: coarse)').matches
}
