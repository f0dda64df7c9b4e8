import { useState, type ReactElement } from 'react'
import type { TokenInfo } from '../../../monitor/access.ts'
import { ACCOUNT_COLUMNS } from './account-columns.tsx'
import { addTokenOrder, removeTokenOrder } from './admin-orders.ts'
import { useConsole } from './console-context.tsx'
import { Icon } from './icon.tsx'
import { ListCard } from './list-card.tsx'
import { Modal } from './modal.tsx'
import { useSettings } from './settings.tsx'
import { useFresh } from './use-fresh.ts'

export function TokensCard(): ReactElement {
  const { t, format } = useSettings()
  const { ask } = useConsole()
  const [secret, setSecret] = useState<string>()
  const { value, refusal, reload } = useFresh<readonly TokenInfo[]>('/tokens')
  const onMade = (made: string): void => {
    setSecret(made)
    reload()
  }
  const moment = (atMs: number | undefined, otherwise: 'never' | 'forEver'): string =>
    atMs === undefined ? t(otherwise) : format.moment(atMs)
  return (
    <ListCard
      title="tokens"
      more="tokensMore"
      empty="noTokens"
      rows={value}
      refusal={refusal}
      keyOf={({ id }) => id}
      action={
        <button type="button" className="button" onClick={() => ask(addTokenOrder(onMade))}>
          <Icon name="plus" />
          {t('addToken')}
        </button>
      }
      columns={[
        ...ACCOUNT_COLUMNS,
        { label: 'lastUsed', cell: ({ lastUsedAtMs }) => moment(lastUsedAtMs, 'never') },
        { label: 'ends', cell: ({ expiresAtMs }) => moment(expiresAtMs, 'forEver') },
      ]}
      actions={(token) => (
        <button
          type="button"
          className="button danger"
          onClick={() => ask(removeTokenOrder(token, reload))}
        >
          {t('remove')}
        </button>
      )}
    >
      {secret !== undefined && (
        <Modal kind="dialog" title={t('tokenSecret')} onClose={() => setSecret(undefined)}>
          <Secret secret={secret} onClose={() => setSecret(undefined)} />
        </Modal>
      )}
    </ListCard>
  )
}

function Secret({
  secret,
  onClose,
}: {
  readonly secret: string
  readonly onClose: () => void
}): ReactElement {
  const { t } = useSettings()
  const { notify } = useConsole()
  const copy = async (): Promise<void> => {
    // Only pages that came over TLS or from this machine have a clipboard.
    try {
      await navigator.clipboard.writeText(secret)
      notify(t('copied'))
    } catch {}
  }
  return (
    <>
      <p className="muted">{t('tokenSecretMore')}</p>
      <code className="secret">{secret}</code>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={() => void copy()}>
          {t('copy')}
        </button>
        <button type="button" className="button primary" onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </>
  )
}
