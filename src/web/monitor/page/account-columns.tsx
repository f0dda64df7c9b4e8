import type { ReactElement } from 'react'
import type { Role } from '../../../feed/role.ts'
import type { ListColumn } from './list-card.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** Who may come in, and as what: the first columns of operators and tokens alike. */
export const ACCOUNT_COLUMNS: readonly ListColumn<{
  readonly name: string
  readonly role: Role
}>[] = [
  {
    label: 'name',
    cell: ({ name }) => (
      <b>
        <Untrusted text={name} />
      </b>
    ),
  },
  { label: 'role', cell: ({ role }) => <RoleShown role={role} /> },
]

const ROLES = {
  watch: ['roleWatch', 'roleWatchMore'],
  moderate: ['roleModerate', 'roleModerateMore'],
  admin: ['roleAdmin', 'roleAdminMore'],
} as const

function RoleShown({ role }: { readonly role: Role }): ReactElement {
  const { t } = useSettings()
  const [name, more] = ROLES[role]
  return (
    <span>
      <span className="badge accent">{t(name)}</span>{' '}
      <span className="muted role-more">{t(more)}</span>
    </span>
  )
}
