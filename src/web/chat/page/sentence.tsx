import type { ReactElement, ReactNode } from 'react'
import { filled } from '../../shared/page/untrusted.tsx'
import type { TextKey } from '../state/texts.ts'
import { useSettings } from './settings.tsx'

/** A text of the catalogue with things in it that are drawn: `{who}` and the like. */
export function Sentence({
  text,
  parts,
}: {
  readonly text: TextKey
  readonly parts: Readonly<Record<string, ReactNode>>
}): ReactElement {
  const { t } = useSettings()
  return <>{filled(t(text), parts)}</>
}
