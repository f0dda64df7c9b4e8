import { memo, useState, type ReactElement, type ReactNode } from 'react'
import { formatText, type Style, type Token } from '../../../client/format.ts'
import { strangerOf } from '../state/member-groups.ts'
import { useChat, useModel } from './chat-context.tsx'
import { hueClass } from './avatar.tsx'
import { copyText } from './copy-text.ts'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'
import { safeNodes } from '../../shared/page/untrusted.tsx'

interface MessageTextProps {
  readonly text: string
  /** One line, without blocks. */
  readonly isInline?: true
}

/** Longer ones are folded. */
const MANY_LINES = 24
const MANY_CHARACTERS = 2400

/** What somebody wrote: formatting, links, mentions, code; everything else is text and nothing more. */
export const MessageText = memo(function MessageText({
  text,
  isInline,
}: MessageTextProps): ReactElement {
  const { t } = useSettings()
  const { store } = useChat()
  const roomPrefixes = useModel((model) => model.server.roomPrefixes)
  const [isOpen, setOpen] = useState(false)
  const isLong =
    isInline === undefined && (text.length > MANY_CHARACTERS || lineCount(text) > MANY_LINES)
  const personKey = (word: string): string | undefined => {
    const key = word.toLowerCase()
    return store.model()?.people.has(key) === true ? key : undefined
  }
  const tokens = formatText(text, {
    personKey,
    roomPrefixes: roomPrefixes === '' ? '#' : roomPrefixes,
  })
  const isOnlyEmoji = isInline === undefined && text.length < 24 && ONLY_EMOJI.test(text)
  return (
    <>
      <bdi className={textClass(isLong && !isOpen, isOnlyEmoji)} dir="auto">
        {tokens.map((token, index) => (
          <TokenNode key={index} token={token} isInline={isInline === true} />
        ))}
      </bdi>
      {isLong && (
        <button
          type="button"
          className="fold"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'showLess' : 'showMore')}
        </button>
      )}
    </>
  )
})

const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}[\u{fe0f}\u{200d}\p{Emoji_Modifier}]*\s?){1,3}$/u

function lineCount(text: string): number {
  let count = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}

function textClass(isFolded: boolean, isOnlyEmoji: boolean): string {
  return `text untrusted${isFolded ? ' is-folded' : ''}${isOnlyEmoji ? ' is-emoji' : ''}`
}

function TokenNode({
  token,
  isInline,
}: {
  readonly token: Token
  readonly isInline: boolean
}): ReactNode {
  switch (token.kind) {
    case 'text':
      return <Styled style={token.style}>{safeNodes(token.text)}</Styled>
    case 'break':
      return isInline ? ' ' : <br />
    case 'code':
      return <code>{safeNodes(token.text)}</code>
    case 'codeBlock':
      return isInline ? <code>{safeNodes(token.text)}</code> : <CodeBlock token={token} />
    case 'link':
      return (
        <a href={token.href} target="_blank" rel="noopener noreferrer nofollow">
          <Styled style={token.style}>{safeNodes(token.text)}</Styled>
        </a>
      )
    case 'mention':
      return <MentionLink text={token.text} personKey={token.key} />
    case 'room':
      return <RoomLink name={token.text} />
  }
}

function Styled({
  style,
  children,
}: {
  readonly style: Style
  readonly children: ReactNode
}): ReactNode {
  const names = Object.entries(style).flatMap(([name, value]) => {
    if (value === true) return [`s-${name}`]
    return typeof value === 'number' && value < 16 ? [`s-${name}-${value}`] : []
  })
  return names.length === 0 ? children : <span className={names.join(' ')}>{children}</span>
}

function CodeBlock({
  token: { text, language },
}: {
  readonly token: Extract<Token, { readonly kind: 'codeBlock' }>
}): ReactElement {
  const { t } = useSettings()
  const { notify } = useChat()
  return (
    <span className="code-block">
      <span className="code-head">
        <span>{language}</span>
        <button
          type="button"
          className="code-copy"
          aria-label={t('copyCode')}
          title={t('copyCode')}
          onClick={() => {
            copyText(text)
              .then(() => notify({ text: t('textCopied') }))
              .catch(() => notify({ text: t('notCopied'), tone: 'bad' }))
          }}
        >
          <Icon name="copy" />
        </button>
      </span>
      {/* What doesn't fit is scrolled to, with the keyboard too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <code className="code-text" tabIndex={0} role="region" aria-label={t('code')}>
        {codeNodes(text)}
      </code>
    </span>
  )
}

/** Tabs are part of how code looks. */
function codeNodes(text: string): ReactNode {
  return text
    .split(/([\n\t])/)
    .map((part, index) =>
      part === '\n' || part === '\t' ? part : <span key={index}>{safeNodes(part)}</span>,
    )
}

function MentionLink({
  text,
  personKey,
}: {
  readonly text: string
  readonly personKey: string
}): ReactElement {
  const { open } = useChat()
  const person = useModel((model) => model.people.get(personKey)) ?? strangerOf(personKey)
  const isSelf = useModel((model) => model.self.key === personKey)
  return (
    <button
      type="button"
      className={`mention ${isSelf ? 'is-me' : hueClass(person)}`}
      onClick={() => open({ kind: 'person', nick: person.nick })}
    >
      {safeNodes(text)}
    </button>
  )
}

function RoomLink({ name }: { readonly name: string }): ReactElement {
  const { go } = useChat()
  return (
    <button type="button" className="mention room" onClick={() => go({ name })}>
      {safeNodes(name)}
    </button>
  )
}
