import { memo, type ReactElement } from 'react'
import type { Conversation } from '../../../client/model.ts'
import { asSeen, callsIn } from '../state/attention.ts'
import { directsIn, roomsIn } from '../state/conversation-list.ts'
import { shownName } from '../state/person-look.ts'
import { hashOf } from '../state/place.ts'
import { AvatarWithPresence } from './avatar.tsx'
import { useChat, useHere, useModel, usePerson } from './chat-context.tsx'
import { Icon, type IconName } from './icon.tsx'
import { OwnCard } from './own-card.tsx'
import { useSettings } from './settings.tsx'
import { useReadNow } from './use-reading.ts'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** The rooms and the people one talks to. */
export function Sidebar(): ReactElement {
  const { t } = useSettings()
  const { open, isListOpen } = useChat()
  const conversations = useModel((model) => model.conversations)
  const network = useModel((model) => model.server.network)
  const all = [...conversations.values()]
  const rooms = roomsIn(all)
  const directs = directsIn(all)
  return (
    <nav className={isListOpen ? 'sidebar is-open' : 'sidebar'} aria-label={t('conversations')}>
      <header className="brand">
        <img src="/icon.svg" alt="" />
        <span className="ellipsis">
          <Untrusted text={network === '' ? 'Maru' : network} />
        </span>
      </header>
      <button type="button" className="jump" onClick={() => open({ kind: 'switcher' })}>
        <Icon name="search" />
        <span>{t('switcher')}</span>
        <kbd aria-hidden="true">{isApple() ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <Inbox />
      <ServerItem />
      <div className="sidebar-lists">
        <section aria-label={t('rooms')}>
          <ListHead
            text={t('rooms')}
            label={t('directory')}
            icon="plus"
            onClick={() => open({ kind: 'directory' })}
          />
          <ul>
            {rooms.map((room) => (
              <RoomItem key={room.id} room={room} />
            ))}
          </ul>
          {rooms.length === 0 && <p className="sidebar-empty">{t('noRooms')}</p>}
        </section>
        <section aria-label={t('directs')}>
          <ListHead
            text={t('directs')}
            label={t('newDirect')}
            icon="plus"
            onClick={() => open({ kind: 'switcher' })}
          />
          <ul>
            {directs.map((direct) => (
              <DirectItem key={direct.id} direct={direct} />
            ))}
          </ul>
          {directs.length === 0 && <p className="sidebar-empty">{t('noDirects')}</p>}
        </section>
      </div>
      <OwnCard />
    </nav>
  )
}

export function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}

interface ListHeadProps {
  readonly text: string
  readonly label: string
  readonly icon: IconName
  readonly onClick: () => void
}

function ListHead({ text, label, icon, onClick }: ListHeadProps): ReactElement {
  return (
    <div className="list-head">
      <h2>{text}</h2>
      <button
        type="button"
        className="button plain icon small"
        aria-label={label}
        title={label}
        onClick={onClick}
      >
        <Icon name={icon} />
      </button>
    </div>
  )
}

/** What the server said that belongs to no conversation. */
function ServerItem(): ReactElement {
  const { t } = useSettings()
  const { panel, showPanel } = useChat()
  return (
    <button
      type="button"
      className="side-item"
      aria-pressed={panel === 'notices'}
      onClick={() => showPanel(panel === 'notices' ? undefined : 'notices')}
    >
      <Icon name="server" />
      <span className="side-name">{t('notices')}</span>
    </button>
  )
}

function Inbox(): ReactElement {
  const { t, format } = useSettings()
  const { panel, showPanel } = useChat()
  const calls = useModel(({ conversations }) =>
    [...conversations.values()].reduce(
      (sum, one) => sum + (one.kind === 'room' ? callsIn(one) : 0),
      0,
    ),
  )
  return (
    <button
      type="button"
      className="side-item"
      aria-pressed={panel === 'mentions'}
      onClick={() => showPanel(panel === 'mentions' ? undefined : 'mentions')}
    >
      <Icon name="at" />
      <span className="side-name">{t('mentions')}</span>
      {calls > 0 && <span className="count">{format.count(calls)}</span>}
    </button>
  )
}

const RoomItem = memo(function RoomItem({ room }: { readonly room: Conversation }): ReactElement {
  const isLocked = room.modes.includes('i') || room.modes.includes('k') || room.modes.includes('s')
  return (
    <Item conversation={room}>
      <Icon name={isLocked ? 'lock' : 'room'} />
      <span className="side-name ellipsis">
        <Untrusted text={room.name.replace(/^#/, '')} />
      </span>
    </Item>
  )
})

const DirectItem = memo(function DirectItem({
  direct,
}: {
  readonly direct: Conversation
}): ReactElement {
  const person = usePerson(direct.id, direct.name)
  return (
    <Item conversation={direct}>
      <AvatarWithPresence person={person} />
      <span className="side-name ellipsis">
        <Untrusted text={shownName(person)} />
      </span>
    </Item>
  )
})

function Item({
  conversation,
  children,
}: {
  readonly conversation: Conversation
  readonly children: React.ReactNode
}): ReactElement {
  const { t, format } = useSettings()
  const { go } = useChat()
  const here = useHere()
  const seen = asSeen(conversation, useReadNow())
  const { name, unread, draft, standing, isMoreUnread } = seen
  const calls = callsIn(seen)
  const isCurrent = here?.id === conversation.id
  return (
    <li>
      <a
        className={itemClass(seen)}
        href={hashOf({ name })}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={(event) => {
          event.preventDefault()
          go({ name })
        }}
      >
        {children}
        {draft !== '' && !isCurrent && (
          <span className="side-sign" title={t('draft')}>
            <Icon name="edit" />
            <span className="visually-hidden">{t('draft')}</span>
          </span>
        )}
        {(standing === 'removed' || standing === 'refused') && (
          <span className="side-sign bad" title={t(standing)}>
            <Icon name="warn" />
            <span className="visually-hidden">{t(standing)}</span>
          </span>
        )}
        {calls > 0 ? (
          <span className="count">
            {format.count(calls)}
            <span className="visually-hidden">{t('callsHere')}</span>
          </span>
        ) : (
          unread > 0 && (
            <span className="count quiet">
              {format.count(unread)}
              {isMoreUnread && '+'}
              <span className="visually-hidden">{t('unreadHere')}</span>
            </span>
          )
        )}
      </a>
    </li>
  )
}

function itemClass({ unread, notify, standing }: Conversation): string {
  const isOut = standing === 'left' || standing === 'removed' || standing === 'refused'
  return `side-item${unread > 0 && notify !== 'nothing' ? ' has-unread' : ''}${isOut ? ' is-out' : ''}${notify === 'nothing' ? ' is-muted' : ''}`
}
