import type { ReactElement, ReactNode } from 'react'
import { safeParts } from '../safe-text.ts'

/**
 * Text that somebody out there wrote: as text and nothing else, apart from the direction of what is around
 * it, with what would not be seen made visible.
 */
export function Untrusted({ text }: { readonly text: string }): ReactElement {
  return (
    <bdi className="untrusted" dir="auto">
      {safeNodes(text)}
    </bdi>
  )
}

export function safeNodes(text: string): ReactNode {
  const parts = safeParts(text)
  const [only] = parts
  if (parts.length === 1 && only?.isMark === false) return only.text
  return parts.map((part, index) =>
    part.isMark ? (
      <span key={index} className="mark">
        {part.text}
      </span>
    ) : (
      part.text
    ),
  )
}

/** A text of a catalogue with what is drawn in the places of `{who}` and the like. */
export function filled(text: string, parts: Readonly<Record<string, ReactNode>>): ReactNode {
  return text.split(/(\{\w+\})/).map((part, index) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name === undefined) return part
    return <span key={index}>{parts[name] ?? part}</span>
  })
}
