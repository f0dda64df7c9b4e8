import { memo, useState, type KeyboardEvent, type MouseEvent, type ReactElement } from 'react'
import type { Message } from '../../../client/timeline.ts'
import { shownName } from '../state/person-look.ts'
import { Avatar, hueClass, RoleBadge } from './avatar.tsx'
import { useChat, usePerson } from './chat-context.tsx'
import { useConversation } from './conversation-context.ts'
import { Icon } from './icon.tsx'
import { MessageActions } from './message-actions.tsx'
import { MessageLife } from './message-life.tsx'
import { MessageText } from './message-text.tsx'
import { QuoteLine } from './quote-line.tsx'
import { Reactions } from './reactions.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import { useMessageTools, type MessageTools } from './use-message-tools.ts'

interface MessageRowProps {
  readonly message: Message
  /** The first of a group: it shows who says all of it. */
  readonly isFirst: boolean
  readonly isHighlit: boolean
  readonly isTabStop: boolean
}

export const MessageRow = memo(function MessageRow({
  message,
  isFirst,
  isHighlit,
  isTabStop,
}: MessageRowProps): ReactElement {
  const { format } = useSettings()
  const { author, replyTo, timeMs } = message
  const tools = useMessageTools(message)
  const { popUp } = useConversation()
  const { isTouched, isReached, handlers } = useReach()
  const person = usePerson(author.key, author.nick)
  const pick = (anchor: HTMLElement): void => popUp({ kind: 'emoji', message, anchor })
  return (
    // The keys are those of the list: see `useRovingMessage`.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <article
      className={rowClass({ message, isFirst, isHighlit, isTouched })}
      aria-label={`${shownName(person)}, ${format.moment(timeMs)}`}
      data-message=""
      data-msgid={message.msgid}
      data-tab-stop={isTabStop ? '' : undefined}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={isTabStop ? 0 : -1}
      {...handlers}
      onKeyDown={(event) => onKey(event, tools, () => pick(event.currentTarget))}
    >
      {replyTo !== undefined && <QuoteLine quote={replyTo} />}
      <div className="message-side" aria-hidden="true">
        {isFirst ? <Avatar person={person} /> : <time>{format.time(timeMs)}</time>}
      </div>
      <div className="message-body">
        {isFirst && <Byline message={message} />}
        <Content message={message} />
        <Reactions message={message} tools={tools} onMore={pick} />
        <MessageLife message={message} />
      </div>
      {isReached && <MessageActions message={message} tools={tools} onReact={pick} />}
    </article>
  )
})

/** Most rows are never pointed at, and their buttons would be most of what there is to draw. */
function useReach() {
  const [isReached, setReached] = useState(false)
  const [isTouched, setTouched] = useState(false)
  const reach = (): void => setReached(true)
  const touch = ({ target }: MouseEvent): void => {
    const isOnControl = target instanceof Element && target.closest('button, a, pre') !== null
    if (!isOnControl && matchMedia('(hover: none)').matches) setTouched(!isTouched)
  }
  const handlers = { onPointerEnter: reach, onFocus: reach, onClick: touch }
  return { isReached, isTouched, handlers }
}

function rowClass({
  message,
  isFirst,
  isHighlit,
  isTouched,
}: {
  readonly message: Message
  readonly isFirst: boolean
  readonly isHighlit: boolean
  readonly isTouched: boolean
}): string {
  const { life, isMention, form } = message
  return [
    'message',
    isFirst ? 'is-first' : '',
    isMention ? 'is-mention' : '',
    isHighlit ? 'is-highlit' : '',
    isTouched ? 'is-touched' : '',
    form === 'message' ? '' : `form-${form}`,
    `life-${life.state}`,
  ]
    .filter((name) => name !== '')
    .join(' ')
}

function onKey(event: KeyboardEvent, tools: MessageTools, pick: () => void): void {
  const isOnRow = event.target instanceof Element && event.target.matches('[data-message]')
  if (!isOnRow || event.ctrlKey || event.metaKey || event.altKey) return
  const keys: Readonly<Record<string, (() => void) | undefined>> = {
    r: tools.canReply ? tools.reply : undefined,
    e: tools.canEdit ? tools.edit : undefined,
    c: tools.copyText,
    '+': tools.canReact ? pick : undefined,
    Delete: tools.canRedact ? tools.redact : undefined,
  }
  const run = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined
  if (run === undefined) return
  event.preventDefault()
  run()
}

function Byline({ message }: { readonly message: Message }): ReactElement {
  const { t, format } = useSettings()
  const { open } = useChat()
  const { id } = useConversation()
  const { author, timeMs, onlyRank } = message
  const person = usePerson(author.key, author.nick)
  const name = shownName(person)
  return (
    <div className="byline">
      <button
        type="button"
        className={`author ${hueClass(person)}`}
        onClick={() => open({ kind: 'person', nick: author.nick, conversation: id })}
      >
        <Untrusted text={name} />
      </button>
      {name !== author.nick && (
        <span className="author-nick">
          <Untrusted text={author.nick} />
        </span>
      )}
      {(author.isBot || person.isBot) && (
        <span className="role role-bot">
          <Icon name="bot" />
          {t('bot')}
        </span>
      )}
      <RoleBadge role={person.metadata['role']} />
      {message.form === 'notice' && <span className="badge">{t('notice')}</span>}
      {onlyRank !== undefined && (
        <span className="badge warn">{t('onlyRank', { rank: onlyRank })}</span>
      )}
      <time dateTime={new Date(timeMs).toISOString()} title={format.moment(timeMs)}>
        {format.time(timeMs)}
      </time>
    </div>
  )
}

function Content({ message }: { readonly message: Message }): ReactElement {
  const { t } = useSettings()
  const { jump } = useConversation()
  const { life, form, author, text, editOf } = message
  if (life.state === 'redacted') return <Redacted message={message} />
  return (
    <div className="content">
      {form === 'action' && (
        <strong className="action-who">
          <Untrusted text={author.nick} />{' '}
        </strong>
      )}
      <MessageText text={text} />
      {editOf !== undefined && (
        <button
          type="button"
          className="edited"
          title={t('editedMore')}
          onClick={() => jump(editOf)}
        >
          {t('edited')}
        </button>
      )}
    </div>
  )
}

function Redacted({ message: { life, author } }: { readonly message: Message }): ReactElement {
  const { t } = useSettings()
  const { jump } = useConversation()
  if (life.state !== 'redacted') return <></>
  const { by, reason, editedBy } = life
  if (editedBy !== undefined) {
    return (
      <p className="content is-redacted">
        {t('saidAnew')}{' '}
        <button type="button" className="edited" onClick={() => jump(editedBy)}>
          {t('showIt')}
        </button>
      </p>
    )
  }
  const isOwn = by.toLowerCase() === author.nick.toLowerCase()
  return (
    <p className="content is-redacted">
      <Icon name="trash" /> {isOwn ? t('redactedByAuthor') : t('redactedBy')}
      {!isOwn && (
        <>
          {' '}
          <Untrusted text={by} />
        </>
      )}
      {reason !== undefined && reason !== '' && (
        <>
          {' – '}
          <Untrusted text={reason} />
        </>
      )}
    </p>
  )
}
