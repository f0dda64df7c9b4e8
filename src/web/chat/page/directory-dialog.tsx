import { useEffect, useState, type ReactElement } from 'react'
import type { ListedRoom } from '../../../client/model.ts'
import { matching } from '../state/conversation-list.ts'
import { conversationAt, useChat, useModel } from './chat-context.tsx'
import { Icon } from './icon.tsx'
import { MessageText } from './message-text.tsx'
import { Modal } from './modal.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

const MOST_SHOWN = 200

/** All rooms that the server tells of, and the way to make another. */
export function DirectoryDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t, format } = useSettings()
  const { tell, open } = useChat()
  const [typed, setTyped] = useState('')
  const { state, rooms, isCut } = useModel((model) => model.roomList)
  useEffect(() => tell({ kind: 'listRooms' }), [tell])
  const sorted = rooms.toSorted((a, b) => b.members - a.members)
  const found = matching(sorted, typed, ({ name, topic }) => `${name} ${topic}`)
  return (
    <Modal title={t('directory')} className="is-wide" onClose={onClose}>
      <div className="directory-tools">
        <input
          className="input"
          type="search"
          value={typed}
          placeholder={t('findRoom')}
          aria-label={t('findRoom')}
          onChange={({ target }) => setTyped(target.value)}
        />
        <button
          type="button"
          className="button primary"
          onClick={() => open({ kind: 'create', name: typed.trim() })}
        >
          <Icon name="plus" />
          {t('createRoom')}
        </button>
      </div>
      <p className="muted" role="status">
        {state === 'loading' && rooms.length === 0 && t('loading')}
        {state === 'failed' && t('listFailed')}
        {rooms.length > 0 &&
          t('roomCount', { count: `${format.count(found.length)}${isCut ? '+' : ''}` })}
      </p>
      <ul className="directory">
        {found.slice(0, MOST_SHOWN).map((room) => (
          <Listed key={room.name} room={room} onClose={onClose} />
        ))}
      </ul>
      {state === 'loaded' && found.length === 0 && (
        <div className="empty">
          <Icon name="room" />
          <strong>{t('noRoomFound')}</strong>
          <p>{t('noRoomFoundMore')}</p>
        </div>
      )}
    </Modal>
  )
}

function Listed({
  room: { name, members, topic },
  onClose,
}: {
  readonly room: ListedRoom
  readonly onClose: () => void
}): ReactElement {
  const { t, format } = useSettings()
  const { tell, go } = useChat()
  const isIn = useModel((model) => conversationAt(model, name)?.standing === 'joined')
  return (
    <li className="listed">
      <Icon name="room" />
      <span className="listed-text">
        <strong>
          <Untrusted text={name} />
        </strong>
        {topic !== '' && (
          <span className="muted listed-topic">
            <MessageText text={topic} isInline />
          </span>
        )}
      </span>
      <span className="listed-count" title={t('members')}>
        <Icon name="people" />
        {format.count(members)}
        <span className="visually-hidden">{t('members')}</span>
      </span>
      <button
        type="button"
        className="button"
        onClick={() => {
          if (!isIn) tell({ kind: 'join', name })
          go({ name })
          onClose()
        }}
      >
        {t(isIn ? 'goThere' : 'join')}
        <span className="visually-hidden">{name}</span>
      </button>
    </li>
  )
}
