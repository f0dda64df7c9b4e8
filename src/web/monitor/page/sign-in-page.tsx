import { useEffect, useState, type ReactElement } from 'react'
import type { Identity } from '../../../monitor/access.ts'
import type { Api } from '../feed/api.ts'
import type { TextKey } from '../state/texts.ts'
import { CredentialsForm } from './credentials-form.tsx'
import { EntryCard } from './entry-card.tsx'
import { useSettings } from './settings.tsx'

interface SignInPageProps {
  readonly api: Api
  /** Why somebody who was in has to sign in again. */
  readonly why: TextKey | undefined
  readonly onIn: (identity: Identity) => void
}

export function SignInPage({ api, why, onIn }: SignInPageProps): ReactElement {
  const { t } = useSettings()
  const [isFirstOpen, setFirstOpen] = useState(false)
  useEffect(() => {
    document.title = `${t('signIn')} · Maru`
    void api.get<{ readonly open: boolean }>('/first').then((answer) => {
      setFirstOpen(answer.ok && answer.value.open)
    })
  }, [api, t])
  return (
    <EntryCard>
      <div>
        <h1>{t('signIn')}</h1>
        <p className="muted">{t('signInMore')}</p>
      </div>
      {why !== undefined && (
        <p className="note" role="status">
          {t(why)}
        </p>
      )}
      {isFirstOpen && <p className="note">{t('firstOpen')}</p>}
      <CredentialsForm
        submit="signIn"
        wrong="wrongSignIn"
        isNew="known"
        send={(credentials) => api.send('POST', '/session', credentials)}
        onIn={onIn}
      />
    </EntryCard>
  )
}
