import { useState, type ReactElement } from 'react'
import { AskForm } from './ask-form.tsx'
import { useChat, useModel } from './chat-context.tsx'
import { Modal } from './modal.tsx'
import { useSettings } from './settings.tsx'
import { Sentence } from './sentence.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import { TextField } from './fields.tsx'

interface InviteDialogProps {
  readonly id: string
  readonly onClose: () => void
}

export function InviteDialog({ id, onClose }: InviteDialogProps): ReactElement {
  const { t } = useSettings()
  const { ask, notify } = useChat()
  const [nick, setNick] = useState('')
  const name = useModel((model) => model.conversations.get(id)?.name ?? id)
  return (
    <Modal
      title={<Sentence text="inviteTo" parts={{ room: <Untrusted text={name} /> }} />}
      onClose={onClose}
    >
      <AskForm
        submit={t('invite')}
        onSubmit={() => ask({ kind: 'invite', conversation: id, nick: nick.trim() })}
        onDone={() => {
          notify({ text: t('wasInvited', { who: nick.trim() }), tone: 'good' })
          onClose()
        }}
        onCancel={onClose}
      >
        <TextField
          label={t('whoName')}
          value={nick}
          onChange={setNick}
          input={{ required: true, list: 'known-people' }}
        />
        <KnownPeople />
      </AskForm>
    </Modal>
  )
}

function KnownPeople(): ReactElement {
  const people = useModel((model) => model.people)
  return (
    <datalist id="known-people">
      {[...people.values()].slice(0, 200).map(({ key, nick }) => (
        <option key={key} value={nick}>
          {nick}
        </option>
      ))}
    </datalist>
  )
}
