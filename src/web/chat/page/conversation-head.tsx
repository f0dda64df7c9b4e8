import type { ReactElement } from 'react'
import type { Conversation } from '../../../client/model.ts'
import { shownName } from '../state/person-look.ts'
import { AvatarWithPresence, RoleBadge } from './avatar.tsx'
import { useChat, usePerson } from './chat-context.tsx'
import { Icon } from './icon.tsx'
import { MessageText } from './message-text.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** What it is called, what it is about, and what can be done with it. */
export function ConversationHead({
  conversation,
}: {
  readonly conversation: Conversation
}): ReactElement {
  const { t } = useSettings()
  const { setListOpen, open } = useChat()
  const { kind, id } = conversation
  const about = t(kind === 'room' ? 'roomSettings' : 'aboutPerson')
  return (
    <header className="head">
      <button
        type="button"
        className="button plain icon only-narrow"
        aria-label={t('conversations')}
        onClick={() => setListOpen(true)}
      >
        <Icon name="menu" />
      </button>
      {kind === 'room' ? <RoomTitle room={conversation} /> : <PersonTitle direct={conversation} />}
      <div className="head-actions">
        <PanelButton icon="search" panel="search" />
        {kind === 'room' && <PanelButton icon="people" panel="members" />}
        <button
          type="button"
          className="button plain icon"
          aria-label={about}
          title={about}
          onClick={() =>
            open(
              kind === 'room'
                ? { kind: 'room', conversation: id }
                : { kind: 'person', nick: conversation.name },
            )
          }
        >
          <Icon name={kind === 'room' ? 'more' : 'person'} />
        </button>
      </div>
    </header>
  )
}

function PanelButton({
  icon,
  panel,
}: {
  readonly icon: 'search' | 'people'
  readonly panel: 'search' | 'members'
}): ReactElement {
  const { t } = useSettings()
  const { panel: shown, showPanel } = useChat()
  return (
    <button
      type="button"
      className="button plain icon"
      aria-label={t(panel)}
      title={t(panel)}
      aria-pressed={shown === panel}
      onClick={() => showPanel(shown === panel ? undefined : panel)}
    >
      <Icon name={icon} />
    </button>
  )
}

function RoomTitle({ room }: { readonly room: Conversation }): ReactElement {
  const { t, format } = useSettings()
  const { open, showPanel } = useChat()
  const { topic } = room
  return (
    <div className="head-title">
      <h1 className="ellipsis">
        <Untrusted text={room.name} />
      </h1>
      <button type="button" className="head-count" onClick={() => showPanel('members')}>
        <Icon name="people" />
        {format.count(room.memberCount)}
        <span className="visually-hidden">{t('members')}</span>
      </button>
      {topic === undefined || topic.text === '' ? (
        <button
          type="button"
          className="head-topic is-empty"
          onClick={() => open({ kind: 'room', conversation: room.id })}
        >
          {t('noTopic')}
        </button>
      ) : (
        <p className="head-topic ellipsis" title={topic.text}>
          <MessageText text={topic.text} isInline />
        </p>
      )}
    </div>
  )
}

function PersonTitle({ direct }: { readonly direct: Conversation }): ReactElement {
  const { t } = useSettings()
  const person = usePerson(direct.id, direct.name)
  const name = shownName(person)
  const { status, role } = person.metadata
  return (
    <div className="head-title">
      <AvatarWithPresence person={person} />
      <h1 className="ellipsis">
        <Untrusted text={name} />
      </h1>
      {name !== person.nick && (
        <span className="muted">
          <Untrusted text={person.nick} />
        </span>
      )}
      <RoleBadge role={role} />
      <p className="head-topic ellipsis">
        {status !== undefined ? (
          <Untrusted text={status} />
        ) : person.away !== undefined && person.away !== '' ? (
          <Untrusted text={person.away} />
        ) : (
          person.presence !== 'unknown' && t(person.presence)
        )}
      </p>
    </div>
  )
}
