import { useState, type ReactElement } from 'react'
import { AskForm } from './ask-form.tsx'
import { useChat } from './chat-context.tsx'
import { Modal } from './modal.tsx'
import { useSettings } from './settings.tsx'
import { Field } from './fields.tsx'

interface CreateDialogProps {
  readonly name: string | undefined
  readonly onClose: () => void
}

/** Makes a room: it is one as soon as somebody is in it. */
export function CreateDialog({ name: initial = '', onClose }: CreateDialogProps): ReactElement {
  const { t } = useSettings()
  const { ask, tell, go } = useChat()
  const [name, setName] = useState(initial.replace(/^#/, ''))
  const [topic, setTopic] = useState('')
  const [access, setAccess] = useState<'open' | 'invited'>('open')
  const room = `#${name.trim().replaceAll(/\s+/g, '-')}`
  return (
    <Modal title={t('createRoom')} onClose={onClose}>
      <AskForm
        submit={t('createRoom')}
        onSubmit={() => ask({ kind: 'join', name: room })}
        onDone={(outcome) => {
          const conversation = outcome?.conversation ?? room.toLowerCase()
          if (topic.trim() !== '') tell({ kind: 'setTopic', conversation, text: topic.trim() })
          if (access === 'invited') tell({ kind: 'setModes', conversation, modes: ['+is'] })
          go({ name: room })
          onClose()
        }}
        onCancel={onClose}
      >
        <Field label={t('roomName')} hint={t('roomNameHint', { name: room })}>
          {(id) => (
            <input
              id={id}
              className="input"
              value={name}
              required
              maxLength={60}
              aria-describedby={`${id}-hint`}
              onChange={({ target }) => setName(target.value.replace(/^#+/, ''))}
            />
          )}
        </Field>
        <Field label={t('topicOptional')}>
          {(id) => (
            <input
              id={id}
              className="input"
              value={topic}
              maxLength={300}
              onChange={({ target }) => setTopic(target.value)}
            />
          )}
        </Field>
        <label className="check">
          <input
            type="checkbox"
            checked={access === 'invited'}
            onChange={({ target }) => setAccess(target.checked ? 'invited' : 'open')}
          />
          <span>{t('invitedOnly')}</span>
        </label>
      </AskForm>
    </Modal>
  )
}
