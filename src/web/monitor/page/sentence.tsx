import type { ReactElement } from 'react'
import { filled, Untrusted } from '../../shared/page/untrusted.tsx'
import type { TextKey } from '../state/texts.ts'
import { useSettings } from './settings.tsx'

/** A text of the catalogue with an untrusted value in it. */
export function Sentence({
  text,
  who,
}: {
  readonly text: TextKey
  readonly who: string | undefined
}): ReactElement {
  const { t } = useSettings()
  return <>{filled(t(text), { who: who === undefined ? '' : <Untrusted text={who} /> })}</>
}
