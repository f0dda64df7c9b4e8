import type { ReactElement } from 'react'
import type { Person } from '../../../client/model.ts'
import { hueOf, initialsOf, knownRole, shownName } from '../state/person-look.ts'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** Initials in somebody's colour; the name stands beside it. */
export function Avatar({
  person,
  size = 'm',
}: {
  readonly person: Pick<Person, 'key' | 'nick' | 'metadata'>
  readonly size?: 's' | 'm' | 'l'
}): ReactElement {
  return (
    <span className={`avatar avatar-${size} ${hueClass(person)}`} aria-hidden="true">
      {initialsOf(shownName(person))}
    </span>
  )
}

/** With a dot that says whether somebody is there. */
export function AvatarWithPresence({ person }: { readonly person: Person }): ReactElement {
  const { t } = useSettings()
  return (
    <span className="avatar-place">
      <Avatar person={person} size="s" />
      {person.presence !== 'unknown' && (
        <span
          className={`presence ${person.presence}`}
          role="img"
          aria-label={t(person.presence)}
        />
      )}
    </span>
  )
}

export function hueClass({ key, metadata }: Pick<Person, 'key' | 'metadata'>): string {
  return `hue-${hueOf(key, metadata['color'])}`
}

/** What somebody does in the team. */
export function RoleBadge({ role }: { readonly role: string | undefined }): ReactElement {
  const { t } = useSettings()
  if (role === undefined || role.trim() === '') return <></>
  const known = knownRole(role)
  if (known === undefined) {
    return (
      <span className="role">
        <Untrusted text={role} />
      </span>
    )
  }
  return (
    <span className={`role role-${known}`}>
      <Icon name={known} />
      {t(known)}
    </span>
  )
}
