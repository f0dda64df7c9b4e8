import { useEffect, type ReactElement } from 'react'
import type { Person, Whois } from '../../../client/model.ts'
import { shownName } from '../state/person-look.ts'
import { Avatar, RoleBadge } from './avatar.tsx'
import { useChat, useModel, usePerson } from './chat-context.tsx'
import { Icon } from './icon.tsx'
import { Modal } from './modal.tsx'
import { ModerateActions } from './moderate-actions.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

interface PersonDialogProps {
  readonly nick: string
  readonly conversation?: string
  readonly onClose: () => void
}

/** Who somebody is, and what can be done about it. */
export function PersonDialog({ nick, conversation, onClose }: PersonDialogProps): ReactElement {
  const { t } = useSettings()
  const { tell, go } = useChat()
  const person = usePerson(nick.toLowerCase(), nick)
  const whois = useModel((model) => model.whois)
  const isSelf = useModel((model) => model.self.nick.toLowerCase() === nick.toLowerCase())
  useEffect(() => tell({ kind: 'whois', nick }), [tell, nick])
  const facts = whois?.nick.toLowerCase() === nick.toLowerCase() ? whois : undefined
  return (
    <Modal title={t('aboutPerson')} onClose={onClose}>
      <Card person={person} isOperator={facts?.isOperator === true} />
      {person.metadata['status'] !== undefined && (
        <p className="person-status">
          <Untrusted text={person.metadata['status']} />
        </p>
      )}
      <Facts person={person} whois={facts} />
      {!isSelf && (
        <div className="actions">
          <button
            type="button"
            className="button primary"
            onClick={() => {
              tell({ kind: 'open', nick })
              go({ name: nick })
              onClose()
            }}
          >
            <Icon name="chat" />
            {t('writeTo')}
          </button>
        </div>
      )}
      {conversation !== undefined && !isSelf && (
        <ModerateActions conversation={conversation} nick={nick} onClose={onClose} />
      )}
    </Modal>
  )
}

function Card({
  person,
  isOperator,
}: {
  readonly person: Person
  readonly isOperator: boolean
}): ReactElement {
  const { t } = useSettings()
  return (
    <div className="person-card">
      <Avatar person={person} size="l" />
      <div>
        <h3>
          <Untrusted text={shownName(person)} />
        </h3>
        {shownName(person) !== person.nick && (
          <p className="muted">
            <Untrusted text={person.nick} />
          </p>
        )}
        <p className="person-signs">
          <RoleBadge role={person.metadata['role']} />
          {person.presence !== 'unknown' && (
            <span className={`badge presence-${person.presence}`}>{t(person.presence)}</span>
          )}
          {person.isBot && <span className="badge">{t('bot')}</span>}
          {isOperator && <span className="badge accent">{t('serverOperator')}</span>}
        </p>
      </div>
    </div>
  )
}

function Facts({
  person,
  whois,
}: {
  readonly person: Person
  readonly whois: Whois | undefined
}): ReactElement {
  const { t, format } = useSettings()
  const rows: readonly (readonly [string, string | undefined])[] = [
    [t('realName'), realNameOf(person, whois)],
    [t('accountName'), whois?.account ?? person.account],
    [t('awayText'), person.away],
    [t('homepage'), person.metadata['homepage'] ?? person.metadata['url']],
    [t('host'), whois?.host ?? person.host],
    [
      t('signedOn'),
      whois?.signedOnAtMs === undefined ? undefined : format.moment(whois.signedOnAtMs),
    ],
    [
      t('rooms'),
      whois === undefined || whois.rooms.length === 0 ? undefined : whois.rooms.join(' '),
    ],
  ]
  return (
    <dl className="facts">
      {rows.map(([name, value]) =>
        value === undefined || value === '' ? undefined : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Untrusted text={value} />
            </dd>
          </div>
        ),
      )}
    </dl>
  )
}

/** Nothing where it says no more than the nick. */
function realNameOf(person: Person, whois: Whois | undefined): string | undefined {
  const realName = whois?.realName ?? person.realName
  return realName === person.nick ? undefined : realName
}
