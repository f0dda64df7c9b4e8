import { useState, type ReactElement } from 'react'
import type { Conversation } from '../../../client/model.ts'
import { AskForm } from './ask-form.tsx'
import { useChat, useModel } from './chat-context.tsx'
import { Icon } from './icon.tsx'
import { MessageText } from './message-text.tsx'
import { Modal } from './modal.tsx'
import { RoomBans } from './room-bans.tsx'
import { RoomEntryForm } from './room-entry-form.tsx'
import { RoomModes } from './room-modes.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import { Field } from './fields.tsx'

interface RoomDialogProps {
  readonly id: string
  readonly onClose: () => void
}

/** What a room is, and for those who lead it, what it may become. */
export function RoomDialog({ id, onClose }: RoomDialogProps): ReactElement {
  const room = useModel((model) => model.conversations.get(id))
  const { t } = useSettings()
  const { open } = useChat()
  if (room === undefined) return <></>
  const isModerator = /[~&@%]/.test(room.ownRanks)
  const mayTopic = isModerator || !room.modes.includes('t')
  return (
    <Modal title={<Untrusted text={room.name} />} className="is-wide" onClose={onClose}>
      <section className="room-section" aria-label={t('topic')}>
        {mayTopic ? <TopicForm room={room} onClose={onClose} /> : <TopicText room={room} />}
      </section>
      <NotifyChoice room={room} />
      {isModerator && <RoomModes room={room} />}
      {isModerator && (
        <section className="room-section" aria-label={t('roomEntry')}>
          <h3>{t('roomEntry')}</h3>
          <RoomEntryForm room={room} />
        </section>
      )}
      {isModerator && <RoomBans room={room} />}
      <div className="actions">
        <button
          type="button"
          className="button"
          onClick={() => {
            onClose()
            open({ kind: 'invite', conversation: id })
          }}
        >
          <Icon name="plus" />
          {t('invite')}
        </button>
        <button
          type="button"
          className="button danger"
          onClick={() => {
            onClose()
            open({ kind: 'leave', conversation: id })
          }}
        >
          <Icon name="out" />
          {t('leave')}
        </button>
      </div>
    </Modal>
  )
}

function TopicForm({
  room,
  onClose,
}: {
  readonly room: Conversation
  readonly onClose: () => void
}): ReactElement {
  const { t } = useSettings()
  const { ask } = useChat()
  const [text, setText] = useState(room.topic?.text ?? '')
  const most = useModel((model) => model.server.limits.topicLength)
  const topic = text.trim() === '' ? {} : { text: text.trim() }
  return (
    <AskForm
      submit={t('setTopic')}
      onSubmit={() => ask({ kind: 'setTopic', conversation: room.id, ...topic })}
      onDone={onClose}
      onCancel={onClose}
    >
      <Field label={t('topic')}>
        {(id) => (
          <textarea
            id={id}
            className="input"
            rows={2}
            maxLength={most}
            value={text}
            onChange={({ target }) => setText(target.value.replaceAll('\n', ' '))}
          />
        )}
      </Field>
    </AskForm>
  )
}

function TopicText({ room }: { readonly room: Conversation }): ReactElement {
  const { t, format } = useSettings()
  const { topic } = room
  if (topic === undefined || topic.text === '') return <p className="muted">{t('noTopic')}</p>
  return (
    <>
      <p>
        <MessageText text={topic.text} isInline />
      </p>
      {topic.setBy !== undefined && (
        <p className="muted">
          <Untrusted text={topic.setBy} />
          {topic.setAtMs !== undefined && ` · ${format.moment(topic.setAtMs)}`}
        </p>
      )}
    </>
  )
}

const NOTIFY = ['all', 'mentions', 'nothing'] as const
const NOTIFY_TEXTS = {
  all: 'notifyAll',
  mentions: 'notifyMentions',
  nothing: 'notifyNothing',
} as const

function NotifyChoice({ room }: { readonly room: Conversation }): ReactElement {
  const { t } = useSettings()
  const { tell } = useChat()
  return (
    <fieldset className="room-section choice-field">
      <legend>{t('tellMeOf')}</legend>
      <div className="segments">
        {NOTIFY.map((notify) => (
          <button
            key={notify}
            type="button"
            className="segment"
            aria-pressed={room.notify === notify}
            onClick={() => tell({ kind: 'setNotify', conversation: room.id, notify })}
          >
            {t(NOTIFY_TEXTS[notify])}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
