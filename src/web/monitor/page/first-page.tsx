import { useEffect, type ReactElement } from 'react'
import type { Identity } from '../../../monitor/access.ts'
import type { Api } from '../feed/api.ts'
import { CredentialsForm } from './credentials-form.tsx'
import { EntryCard } from './entry-card.tsx'
import { useSettings } from './settings.tsx'

interface FirstPageProps {
  readonly api: Api
  readonly code: string
  readonly onIn: (identity: Identity) => void
  readonly onGiveUp: () => void
}

/** What the link of the first start opens: the first operator is made with its code. */
export function FirstPage({ api, code, onIn, onGiveUp }: FirstPageProps): ReactElement {
  const { t } = useSettings()
  useEffect(() => {
    document.title = `${t('first')} · Maru`
  }, [t])
  return (
    <EntryCard>
      <div>
        <h1>{t('first')}</h1>
        <p className="muted">{t('firstMore')}</p>
      </div>
      <CredentialsForm
        submit="firstDo"
        wrong="firstWrong"
        isNew="new"
        send={(credentials) => api.send('POST', '/first', { code, ...credentials })}
        onIn={onIn}
      />
      <button type="button" className="button plain" onClick={onGiveUp}>
        {t('signIn')}
      </button>
    </EntryCard>
  )
}
