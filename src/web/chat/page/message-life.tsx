import type { ReactElement } from 'react'
import type { Message } from '../../../client/timeline.ts'
import { useChat } from './chat-context.tsx'
import { useConversation } from './conversation-context.ts'
import { Icon } from './icon.tsx'
import { useRefusal } from './refusal.ts'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** Whether a message of one's own got there, and what to do when it didn't. Nothing when all is well. */
export function MessageLife({ message }: { readonly message: Message }): ReactElement {
  const { t } = useSettings()
  const { life } = message
  const refusalText = useRefusal()
  switch (life.state) {
    case 'said':
    case 'written':
    case 'redacted':
      return <></>
    case 'queued':
      return (
        <p className="life">
          <Icon name="clock" />
          {t('lifeQueued')}
        </p>
      )
    case 'sending':
      return (
        <p className="life is-sending">
          <Icon name="clock" />
          {t('lifeSending')}
        </p>
      )
    case 'unknown':
      return (
        <p className="life bad" role="alert">
          <Icon name="warn" />
          {t('lifeUnknown')}
          <Again message={message} />
        </p>
      )
    case 'failed':
      return (
        <p className="life bad" role="alert">
          <Icon name="warn" />
          <span>
            {t('lifeFailed')} <Untrusted text={refusalText(life.refusal)} />
          </span>
          <Again message={message} />
        </p>
      )
  }
}

function Again({ message }: { readonly message: Message }): ReactElement {
  const { t } = useSettings()
  const { tell } = useChat()
  const { id } = useConversation()
  return (
    <span className="life-actions">
      <button
        type="button"
        className="button small"
        onClick={() => tell({ kind: 'resend', conversation: id, item: message.id })}
      >
        {t('sendAgain')}
      </button>
      <button
        type="button"
        className="button small plain"
        onClick={() => tell({ kind: 'discard', conversation: id, item: message.id })}
      >
        {t('discard')}
      </button>
    </span>
  )
}
