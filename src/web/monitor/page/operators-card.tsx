import type { ReactElement } from 'react'
import type { OperatorInfo } from '../../../monitor/access.ts'
import { ACCOUNT_COLUMNS } from './account-columns.tsx'
import {
  addOperatorOrder,
  changeRoleOrder,
  removeOperatorOrder,
  setPasswordOrder,
} from './admin-orders.ts'
import { useConsole } from './console-context.tsx'
import { Icon } from './icon.tsx'
import { ListCard } from './list-card.tsx'
import { useSettings } from './settings.tsx'
import { useFresh } from './use-fresh.ts'

export function OperatorsCard(): ReactElement {
  const { t, format } = useSettings()
  const { ask } = useConsole()
  const { value, refusal, reload } = useFresh<readonly OperatorInfo[]>('/operators')
  return (
    <ListCard
      title="operators"
      rows={value}
      refusal={refusal}
      keyOf={({ name }) => name}
      action={
        <button
          type="button"
          className="button primary"
          onClick={() => ask(addOperatorOrder(reload))}
        >
          <Icon name="plus" />
          {t('addOperator')}
        </button>
      }
      columns={[
        ...ACCOUNT_COLUMNS,
        {
          label: 'lastSignIn',
          cell: ({ lastSignInAtMs }) =>
            lastSignInAtMs === undefined ? t('never') : format.moment(lastSignInAtMs),
        },
      ]}
      actions={(operator) => <OperatorActions operator={operator} reload={reload} />}
    />
  )
}

function OperatorActions({
  operator,
  reload,
}: {
  readonly operator: OperatorInfo
  readonly reload: () => void
}): ReactElement {
  const { t } = useSettings()
  const { ask } = useConsole()
  return (
    <>
      <button
        type="button"
        className="button"
        onClick={() => ask(changeRoleOrder(operator, reload))}
      >
        {t('changeRole')}
      </button>
      <button
        type="button"
        className="button"
        onClick={() => ask(setPasswordOrder(operator, reload))}
      >
        {t('setPassword')}
      </button>
      <button
        type="button"
        className="button danger"
        onClick={() => ask(removeOperatorOrder(operator, reload))}
      >
        {t('remove')}
      </button>
    </>
  )
}
