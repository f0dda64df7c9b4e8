import type { ReactElement, ReactNode } from 'react'
import { safeParts } from '../../shared/safe-text.ts'
import type { TextKey } from '../state/texts.ts'
import { useSettings } from './settings.tsx'

/**
 * Text that somebody out there wrote: as text and nothing else, apart from the direction of what is around
 * it, with what would not be seen made visible.
 */
export function Untrusted({ text }: { readonly text: string }): ReactElement {
  return (
    <bdi className="untrusted" dir="auto">
      {safeParts(text).map((part, index) =>
        part.isMark ? (
          <span key={index} className="mark">
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </bdi>
  )
}

/** A text of the catalogue with an untrusted value in it. */
export function Sentence({
  text,
  who,
}: {
  readonly text: TextKey
  readonly who: string | undefined
}): ReactElement {
  const { t } = useSettings()
  const parts = t(text).split('{who}')
  const nodes: ReactNode[] = parts.flatMap((part, index) =>
    index === 0 || who === undefined ? [part] : [<Untrusted key={index} text={who} />, part],
  )
  return <>{nodes}</>
}
