import { useState, type ReactElement } from 'react'
import { AskForm } from './ask-form.tsx'
import { useChat } from './chat-context.tsx'
import { Modal } from './modal.tsx'
import { useSettings } from './settings.tsx'
import { TextField } from './fields.tsx'

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
        <TextField
          label={t('roomName')}
          hint={t('roomNameHint', { name: room })}
          value={name}
          onChange={(written) => setName(written.replace(/^#+/, ''))}
          input={{ required: true, maxLength: 60 }}
        />
        <TextField
          label={t('topicOptional')}
          value={topic}
          onChange={setTopic}
          input={{ maxLength: 300 }}
        />
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
