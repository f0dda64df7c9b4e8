import { useState, type ReactElement } from 'react'
import { stripFormatting } from '../../../client/format.ts'
import type { Message } from '../../../client/timeline.ts'
import { AskForm } from './ask-form.tsx'
import { useChat } from './chat-context.tsx'
import { Modal } from './modal.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import { TextField } from './fields.tsx'

interface RedactDialogProps {
  readonly conversation: string
  readonly message: Message
  readonly onClose: () => void
}

/** Takes a message away; of somebody else's the reason is asked for. */
export function RedactDialog({ conversation, message, onClose }: RedactDialogProps): ReactElement {
  const { t } = useSettings()
  const { ask } = useChat()
  const [reason, setReason] = useState('')
  const { author, msgid = '', text } = message
  const why = reason.trim() === '' ? {} : { reason: reason.trim() }
  return (
    <Modal title={t('redactTitle')} onClose={onClose}>
      <AskForm
        submit={t('redact')}
        tone="danger"
        onSubmit={() => ask({ kind: 'redact', conversation, msgid, ...why })}
        onDone={onClose}
        onCancel={onClose}
      >
        <blockquote className="redact-what">
          <strong>
            <Untrusted text={author.nick} />
          </strong>
          <p>
            <Untrusted text={stripFormatting(text).slice(0, 300)} />
          </p>
        </blockquote>
        <p className="muted">{t('redactMore')}</p>
        {!author.isSelf && (
          <TextField
            label={t('reason')}
            hint={t('reasonHint')}
            value={reason}
            onChange={setReason}
            input={{ required: true, maxLength: 300 }}
          />
        )}
      </AskForm>
    </Modal>
  )
}
