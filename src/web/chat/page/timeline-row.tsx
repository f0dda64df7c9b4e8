import { memo, useState, type ReactElement } from 'react'
import type { Conversation } from '../../../client/model.ts'
import type { Gap, Happening } from '../../../client/timeline.ts'
import type { Row } from '../state/rows.ts'
import { useChat } from './chat-context.tsx'
import { HappeningText } from './happening-text.tsx'
import { Icon } from './icon.tsx'
import { MessageRow } from './message-row.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

interface TimelineRowProps {
  readonly row: Row
  readonly conversation: Conversation
  /** The key of the row that was jumped to. */
  readonly highlight: string | undefined
  readonly isTabStop: boolean
}

export function TimelineRow({
  row,
  conversation,
  highlight,
  isTabStop,
}: TimelineRowProps): ReactElement {
  switch (row.kind) {
    case 'begin':
      return <Begin name={conversation.name} kind={conversation.kind} />
    case 'day':
      return <Day timeMs={row.timeMs} />
    case 'unread':
      return <UnreadRow />
    case 'gap':
      return <GapRow conversation={conversation.id} gap={row.item} />
    case 'happenings':
      return <Happenings items={row.items} />
    case 'message':
      return (
        <MessageRow
          message={row.item}
          isFirst={row.isFirst}
          isHighlit={row.key === highlight}
          isTabStop={isTabStop}
        />
      )
  }
}

const Begin = memo(function Begin({
  name,
  kind,
}: {
  readonly name: string
  readonly kind: Conversation['kind']
}): ReactElement {
  const { t } = useSettings()
  return (
    <div className="row-begin">
      <span className="row-begin-icon">
        <Icon name={kind === 'room' ? 'room' : 'chat'} />
      </span>
      <h2>
        <Untrusted text={name} />
      </h2>
      <p>{t(kind === 'room' ? 'roomBegins' : 'directBegins')}</p>
    </div>
  )
})

const Day = memo(function Day({ timeMs }: { readonly timeMs: number }): ReactElement {
  const { format } = useSettings()
  return (
    <div className="row-line">
      <h2>{format.day(timeMs)}</h2>
    </div>
  )
})

function UnreadRow(): ReactElement {
  const { t } = useSettings()
  return (
    <div className="row-line is-unread">
      <h2>{t('newFromHere')}</h2>
    </div>
  )
}

/** Who came and went: one line, that opens where there are many. */
const Happenings = memo(function Happenings({
  items,
}: {
  readonly items: readonly Happening[]
}): ReactElement {
  const { t, format } = useSettings()
  const [isOpen, setOpen] = useState(false)
  const [only] = items
  if (only === undefined) return <></>
  if (items.length <= 2 || isOpen) {
    return (
      <ul className="row-happenings">
        {items.map((item) => (
          <li key={item.id}>
            <HappeningText item={item} />
            <time>{format.time(item.timeMs)}</time>
          </li>
        ))}
      </ul>
    )
  }
  return (
    <div className="row-happenings">
      <button
        type="button"
        className="row-more"
        aria-expanded="false"
        onClick={() => setOpen(true)}
      >
        {t('cameAndWent', { count: format.count(items.length) })}
      </button>
    </div>
  )
})

const GAP_TEXTS = {
  open: 'gapOpen',
  filling: 'gapFilling',
  failed: 'gapFailed',
  lost: 'gapLost',
} as const

function GapRow({
  conversation,
  gap,
}: {
  readonly conversation: string
  readonly gap: Gap
}): ReactElement {
  const { t } = useSettings()
  const { tell } = useChat()
  const canAsk = gap.state === 'open' || gap.state === 'failed'
  return (
    <div className={`row-gap ${gap.state}`}>
      {gap.state === 'filling' && <span className="spinner" aria-hidden="true" />}
      <span>{t(GAP_TEXTS[gap.state])}</span>
      {canAsk && (
        <button
          type="button"
          className="button small"
          onClick={() => tell({ kind: 'fill', conversation, gap: gap.id, side: 'newer' })}
        >
          {t('load')}
        </button>
      )}
    </div>
  )
}
