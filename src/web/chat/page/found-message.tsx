import type { ReactElement } from 'react'
import { stripFormatting } from '../../../client/format.ts'
import type { Message } from '../../../client/timeline.ts'
import { excerptOf, partsOf } from '../state/found-words.ts'
import { shownName } from '../state/person-look.ts'
import { Avatar, hueClass } from './avatar.tsx'
import { useChat, usePerson } from './chat-context.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

interface FoundMessageProps {
  /** The name of the room or the person. */
  readonly place: string
  readonly message: Message
  /** What was looked for: it is marked. */
  readonly words?: readonly string[]
}

/** A message away from where it was said; it leads there. */
export function FoundMessage({ place, message, words = [] }: FoundMessageProps): ReactElement {
  const { format } = useSettings()
  const { go, showPanel } = useChat()
  const { author, msgid, timeMs } = message
  const person = usePerson(author.key, author.nick)
  const text = stripFormatting(message.text)
  return (
    <li>
      <button
        type="button"
        className="found"
        onClick={() => {
          go({ name: place, ...(msgid === undefined ? {} : { msgid }) })
          if (!matchMedia('(min-width: 760px)').matches) showPanel(undefined)
        }}
      >
        <Avatar person={person} size="s" />
        <span className="found-text">
          <span className="found-head">
            <strong className={hueClass(person)}>
              <Untrusted text={shownName(person)} />
            </strong>
            <span className="muted ellipsis">
              <Untrusted text={place} />
            </span>
            <time>{format.near(timeMs)}</time>
          </span>
          <span className="found-body">
            <span>
              {partsOf(excerptOf(text, words), words).map(({ text: part, isFound }, index) =>
                isFound ? (
                  <mark key={index}>
                    <Untrusted text={part} />
                  </mark>
                ) : (
                  <Untrusted key={index} text={part} />
                ),
              )}
            </span>
          </span>
        </span>
      </button>
    </li>
  )
}
