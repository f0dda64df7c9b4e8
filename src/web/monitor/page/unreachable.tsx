import { useEffect, type ReactElement } from 'react'
import { EntryCard } from './entry-card.tsx'
import { useSettings } from './settings.tsx'

const AGAIN_MS = 3000

/** The page is here (from the browser's memory, or it was just sent), and its server is not. */
export function Unreachable({ onRetry }: { readonly onRetry: () => void }): ReactElement {
  const { t } = useSettings()
  useEffect(() => {
    const timer = setInterval(onRetry, AGAIN_MS)
    return () => clearInterval(timer)
  }, [onRetry])
  return (
    <EntryCard>
      <h1>{t('linkAway')}</h1>
      <p className="problem" role="alert">
        {t('failedNetwork')}
      </p>
      <button type="button" className="button primary" onClick={onRetry}>
        {t('retry')}
      </button>
    </EntryCard>
  )
}
