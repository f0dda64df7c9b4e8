import { useCallback } from 'react'
import type { Refusal } from '../../../client/timeline.ts'
import type { TextKey } from '../state/texts.ts'
import { faultText } from '../state/refusal-text.ts'
import { useSettings } from './settings.tsx'

/** Why something did not happen, in the reader's language where there are words for it, else in the server's. */
export function useRefusal(): (refusal: Pick<Refusal, 'code' | 'text'>) => string {
  const { t } = useSettings()
  return useCallback(
    ({ code, text }) => {
      const key: TextKey | undefined = faultText(code)
      if (key !== undefined) return t(key)
      return text === undefined || text === '' ? t('refusedAs', { code }) : text
    },
    [t],
  )
}
