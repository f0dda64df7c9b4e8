import type { ReactElement } from 'react'
import { useChat, useModel, useNow } from './chat-context.tsx'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** Says what is wrong with the connection, when it is tried again, and lets one try now. Nothing when all is well. */
export function ConnectionBanner(): ReactElement {
  const { t } = useSettings()
  const { tell } = useChat()
  const { state, trouble, attempts, overdueSinceMs } = useModel((model) => model.connection)
  if (state === 'online' && overdueSinceMs === undefined) return <></>
  if (state === 'online') return <Going text={t('overdue')} />
  if (state === 'connecting' || state === 'registering') {
    return <Going text={t(attempts > 1 ? 'reconnecting' : 'connecting')} />
  }
  return (
    <div className="banner warn" role="status">
      <Icon name="cloudOff" />
      <p>
        <strong>{t(titleOf(state, trouble?.kind))}</strong> {state === 'waiting' && <Countdown />}{' '}
        {trouble !== undefined && trouble.text !== '' && (
          <span className="muted">
            <Untrusted text={trouble.text} />
          </span>
        )}
      </p>
      <button
        type="button"
        className="button"
        onClick={() => tell({ kind: state === 'offline' ? 'connect' : 'retryNow' })}
      >
        {t('tryNow')}
      </button>
    </div>
  )
}

function Going({ text }: { readonly text: string }): ReactElement {
  return (
    <p className="banner" role="status">
      <span className="spinner" aria-hidden="true" />
      {text}
    </p>
  )
}

function titleOf(state: string, kind: string | undefined) {
  if (!navigator.onLine) return 'youAreOffline'
  if (kind === 'refused' || kind === 'closedByServer') return 'serverRefused'
  return state === 'offline' ? 'notConnected' : 'serverAway'
}

function Countdown(): ReactElement {
  const { t, format } = useSettings()
  const now = useNow(1000)
  const retryAtMs = useModel((model) => model.connection.retryAtMs)
  if (retryAtMs === undefined) return <></>
  const seconds = Math.max(0, Math.ceil((retryAtMs - now) / 1000))
  return <>{seconds === 0 ? t('tryingAgain') : t('retryIn', { seconds: format.count(seconds) })}</>
}
