import { Fragment, type ReactElement } from 'react'
import type { Happening } from '../../../client/timeline.ts'
import type { ModeChange } from '../../../client/mode-changes.ts'
import { modeSentence } from '../state/mode-sentence.ts'
import type { TextKey } from '../state/texts.ts'
import { useChat } from './chat-context.tsx'
import { hueClass } from './avatar.tsx'
import { Sentence } from './sentence.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

const TEXTS: Readonly<Record<Happening['what'], TextKey>> = {
  joined: 'didJoin',
  parted: 'didPart',
  quit: 'didQuit',
  kicked: 'didKick',
  nick: 'didNick',
  topic: 'didTopic',
  modes: 'didModes',
  renamed: 'didRename',
  invited: 'didInvite',
  redacted: 'didRedact',
}

/** What happened, as a sentence. */
export function HappeningText({ item }: { readonly item: Happening }): ReactElement {
  const { who, whom, what, text, changes = [] } = item
  if (changes.length > 0) return <ModesText item={item} changes={changes} />
  const hasReason =
    text !== undefined && text !== '' && ['parted', 'quit', 'kicked', 'redacted'].includes(what)
  return (
    <span>
      <Sentence
        text={what === 'topic' && text === '' ? 'didClearTopic' : TEXTS[what]}
        parts={{
          who: <PersonName nick={who.nick} personKey={who.key} />,
          whom: <PersonName nick={whom ?? ''} />,
          text: <Untrusted text={text ?? ''} />,
        }}
      />
      {hasReason && (
        <span className="muted">
          {' '}
          (<Untrusted text={text} />)
        </span>
      )}
    </span>
  )
}

/** A sentence for each change. */
function ModesText({
  item: { who },
  changes,
}: {
  readonly item: Happening
  readonly changes: readonly ModeChange[]
}): ReactElement {
  const { t } = useSettings()
  return (
    <span>
      {changes.map((change, index) => {
        const { text, whom, what, said = '' } = modeSentence(change)
        return (
          <Fragment key={index}>
            {index > 0 && ' · '}
            <Sentence
              text={text}
              parts={{
                who: <PersonName nick={who.nick} personKey={who.key} />,
                whom: <PersonName nick={whom ?? ''} />,
                what: what === undefined ? '' : t(what),
                text: <Untrusted text={said} />,
              }}
            />
          </Fragment>
        )
      })}
    </span>
  )
}

function PersonName({
  nick,
  personKey = nick.toLowerCase(),
}: {
  readonly nick: string
  readonly personKey?: string
}): ReactElement {
  const { open } = useChat()
  return (
    <button
      type="button"
      className={`name-link ${hueClass({ key: personKey, metadata: {} })}`}
      onClick={() => open({ kind: 'person', nick })}
    >
      <Untrusted text={nick} />
    </button>
  )
}
