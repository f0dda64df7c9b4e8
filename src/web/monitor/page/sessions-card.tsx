import type { ReactElement } from 'react'
import type { SessionInfo } from '../../../monitor/access.ts'
import { endSessionOrder } from './admin-orders.ts'
import { useConsole } from './console-context.tsx'
import { ListCard } from './list-card.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import { useFresh } from './use-fresh.ts'

const AGAIN_MS = 10_000

export function SessionsCard(): ReactElement {
  const { t, format } = useSettings()
  const { ask, identity } = useConsole()
  const { value, refusal, reload } = useFresh<readonly SessionInfo[]>('/sessions', AGAIN_MS)
  return (
    <ListCard
      title="sessions"
      more="sessionsMore"
      rows={value}
      refusal={refusal}
      keyOf={({ id }) => id}
      columns={[
        {
          label: 'name',
          cell: ({ name, id }) => (
            <>
              <b>
                <Untrusted text={name} />
              </b>{' '}
              {id === identity.id && <span className="badge accent">{t('thisSession')}</span>}
            </>
          ),
        },
        {
          label: 'from',
          cell: ({ from }) => (
            <span className="mono">
              <Untrusted text={from} />
            </span>
          ),
        },
        { label: 'lastUsed', cell: ({ lastUsedAtMs }) => format.moment(lastUsedAtMs) },
        { label: 'ends', cell: ({ expiresAtMs }) => format.moment(expiresAtMs) },
      ]}
      actions={(session) => (
        <button
          type="button"
          className="button danger"
          onClick={() => ask(endSessionOrder(session, reload))}
        >
          {t('endSession')}
        </button>
      )}
    />
  )
}
