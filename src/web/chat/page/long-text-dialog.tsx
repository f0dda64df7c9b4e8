import type { ReactElement } from 'react'
import { splitLongText } from '../state/long-text.ts'
import { AskForm } from './ask-form.tsx'
import { useChat, useModel } from './chat-context.tsx'
import { Modal } from './modal.tsx'
import { useSettings } from './settings.tsx'

interface LongTextDialogProps {
  readonly conversation: string
  readonly text: string
  readonly onSent: () => void
  readonly onClose: () => void
}

/** More than one message may hold is sent as several, if that is what is meant. */
export function LongTextDialog({
  conversation,
  text,
  onSent,
  onClose,
}: LongTextDialogProps): ReactElement {
  const { t, format } = useSettings()
  const { tell } = useChat()
  const limits = useModel((model) => model.server.limits)
  const parts = splitLongText(text, limits)
  return (
    <Modal title={t('longTitle')} onClose={onClose}>
      <AskForm
        submit={t('sendAs', { count: format.count(parts.length) })}
        onSubmit={() => {
          for (const part of parts) tell({ kind: 'say', conversation, text: part })
          return undefined
        }}
        onDone={() => {
          onSent()
          onClose()
        }}
        onCancel={onClose}
      >
        <p className="muted">
          {t('longMore', {
            lines: format.count(text.split('\n').length),
            letters: format.count(text.length),
          })}
        </p>
        {/* What doesn't fit is scrolled to, with the keyboard too. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <pre className="long-preview" tabIndex={0} role="region" aria-label={t('longTitle')}>
          {text.slice(0, 2000)}
        </pre>
      </AskForm>
    </Modal>
  )
}
