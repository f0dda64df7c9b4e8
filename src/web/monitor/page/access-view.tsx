import type { ReactElement } from 'react'
import { changePasswordOrder } from './admin-orders.ts'
import { AuditCard } from './audit-card.tsx'
import { useConsole, useMay } from './console-context.tsx'
import { OperatorsCard } from './operators-card.tsx'
import { SessionsCard } from './sessions-card.tsx'
import { useSettings } from './settings.tsx'
import { TokensCard } from './tokens-card.tsx'

/** For admins who may come in and what they did; for the others their own sessions and password. */
export function AccessView(): ReactElement {
  const { t } = useSettings()
  const { ask } = useConsole()
  const isAdmin = useMay('admin')
  return (
    <div className="view">
      <div className="toolbar">
        <div className="actions end">
          <button type="button" className="button" onClick={() => ask(changePasswordOrder())}>
            {t('changePassword')}
          </button>
        </div>
      </div>
      {isAdmin && <OperatorsCard />}
      <SessionsCard />
      {isAdmin && (
        <>
          <TokensCard />
          <AuditCard />
        </>
      )}
    </div>
  )
}
