import type { ReactElement } from 'react'
import { AskForm } from './ask-form.tsx'
import { useChat, useModel } from './chat-context.tsx'
import { Modal } from './modal.tsx'
import { useSettings } from './settings.tsx'
import { Sentence } from './sentence.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

interface LeaveDialogProps {
  readonly id: string
  readonly onClose: () => void
}

export function LeaveDialog({ id, onClose }: LeaveDialogProps): ReactElement {
  const { t } = useSettings()
  const { tell } = useChat()
  const name = useModel((model) => model.conversations.get(id)?.name ?? id)
  return (
    <Modal
      title={<Sentence text="leaveRoom" parts={{ room: <Untrusted text={name} /> }} />}
      onClose={onClose}
    >
      <AskForm
        submit={t('leave')}
        tone="danger"
        onSubmit={() => {
          tell({ kind: 'close', conversation: id })
          return undefined
        }}
        onDone={onClose}
        onCancel={onClose}
      >
        <p className="muted">{t('leaveMore')}</p>
      </AskForm>
    </Modal>
  )
}
