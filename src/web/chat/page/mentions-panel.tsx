import type { ReactElement } from 'react'
import { useChat, useModel } from './chat-context.tsx'
import { FoundMessage } from './found-message.tsx'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'

/** What was said to one, newest first. */
export function MentionsPanel(): ReactElement {
  const { t } = useSettings()
  const { searchFor } = useChat()
  const mentions = useModel((model) => model.mentions)
  const conversations = useModel((model) => model.conversations)
  const nick = useModel((model) => model.self.nick)
  const canSearch = useModel((model) => model.server.can.search)
  return (
    <div className="panel-body">
      {mentions.length === 0 && (
        <div className="empty">
          <Icon name="at" />
          <strong>{t('noMentions')}</strong>
          <p>{t('noMentionsMore')}</p>
        </div>
      )}
      <ul className="found-list">
        {mentions.map(({ conversation, message }) => (
          <FoundMessage
            key={message.id}
            place={conversations.get(conversation)?.name ?? conversation}
            message={message}
          />
        ))}
      </ul>
      {canSearch && (
        <button type="button" className="button" onClick={() => searchFor(nick)}>
          {t('olderMentions')}
        </button>
      )}
    </div>
  )
}
