import { useMemo, useRef, type ReactElement } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { Conversation } from '../../../client/model.ts'
import type { TimelineItem } from '../../../client/timeline.ts'
import { rowsOf, type Row } from '../state/rows.ts'
import { useModel } from './chat-context.tsx'
import type { JumpedTo } from './conversation-view.tsx'
import { dayOf } from './day-of.ts'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'
import { TimelineRow } from './timeline-row.tsx'
import { useRovingMessage } from './use-roving-message.ts'
import { useTimelineScroll, type TimelineScroll } from './use-timeline-scroll.ts'
import { useUnreadLine, type UnreadLine } from './use-unread-line.ts'

interface TimelineViewProps {
  readonly conversation: Conversation
  readonly jumpedTo: JumpedTo | undefined
  /** What is said scrolls nothing now. */
  readonly isHeld: boolean
}

const NOTHING: readonly TimelineItem[] = []
/** How high a row is before it is measured. */
const ROW_HEIGHT = 44
/** Rows so far beyond what is seen are drawn: a turn of a wheel shows no hole. */
const AHEAD_PX = 1200
/** At the end, where a busy room is drawn anew with every frame, less has to do. */
const AHEAD_AT_END_PX = 200

/** What was said, newest at the bottom; only what is seen is drawn. */
export function TimelineView({ conversation, jumpedTo, isHeld }: TimelineViewProps): ReactElement {
  const { t } = useSettings()
  const { id, name } = conversation
  const unreadLine = useUnreadLine(conversation)
  const { isComplete, wanted } = useRows(id, unreadLine)
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const place = useRef<HTMLDivElement>(null)
  const refs = useMemo(() => ({ scroller, list, place }), [])
  const scroll = useTimelineScroll({ conversation: id, wanted, jumpedTo, isHeld, refs })
  const { rows } = scroll
  const roving = useRovingMessage(rows, refs, scroll)
  return (
    <div className="timeline-place">
      <UnreadPill rows={rows} scroll={scroll} line={unreadLine} />
      {/* Its keys move the focus between messages. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={scroller}
        className="timeline"
        role="log"
        aria-live="off"
        aria-label={t('messagesIn', { name })}
        // A place that scrolls has to be reached with the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onKeyDown={roving.onKey}
      >
        <div className="timeline-top">
          {rows.length === 0 && <Empty conversation={conversation} isComplete={isComplete} />}
        </div>
        <div ref={place}>
          <Virtualizer
            ref={list}
            scrollRef={scroller}
            data={rows}
            itemSize={ROW_HEIGHT}
            bufferSize={scroll.isAtEnd ? AHEAD_AT_END_PX : AHEAD_PX}
            keepMounted={roving.kept}
            shift={scroll.isShifting}
            onScroll={scroll.onScroll}
            onResize={scroll.onResize}
          >
            {(row) => (
              <TimelineRow
                key={row.key}
                row={row}
                conversation={conversation}
                highlight={scroll.highlight}
                isTabStop={row.key === roving.active}
              />
            )}
          </Virtualizer>
        </div>
      </div>
      <NewPill conversation={conversation} scroll={scroll} isHeld={isHeld} />
    </div>
  )
}

function useRows(
  id: string,
  { readUpToMs }: UnreadLine,
): {
  readonly isComplete: boolean
  readonly wanted: readonly Row[]
} {
  const timeline = useModel((model) => model.timelines.get(id))
  const items = timeline?.items ?? NOTHING
  const isComplete = timeline?.isComplete ?? false
  const wanted = useMemo(
    () => rowsOf(items, { isComplete, dayOf, ...(readUpToMs === undefined ? {} : { readUpToMs }) }),
    [items, isComplete, readUpToMs],
  )
  return { isComplete, wanted }
}

function Empty({
  conversation,
  isComplete,
}: {
  readonly conversation: Conversation
  readonly isComplete: boolean
}): ReactElement {
  const { t } = useSettings()
  const state = useModel((model) => model.connection.state)
  const hasHistory = useModel((model) => model.server.can.history)
  const isWaiting =
    conversation.standing === 'joining' || (state === 'online' && hasHistory && !isComplete)
  if (isWaiting && conversation.kind === 'room') return <Skeleton />
  return (
    <div className="empty">
      <Icon name="chat" />
      <strong>{t('nothingSaid')}</strong>
      <p>{t('nothingSaidMore')}</p>
    </div>
  )
}

/** The shape of what is being loaded. */
function Skeleton(): ReactElement {
  const { t } = useSettings()
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{t('loading')}</span>
      {[64, 42, 78, 51].map((width) => (
        <div key={width} className={`skeleton-row w${width}`} aria-hidden="true">
          <i />
          <b />
        </div>
      ))}
    </div>
  )
}

interface NewPillProps extends Pick<TimelineViewProps, 'conversation' | 'isHeld'> {
  readonly scroll: TimelineScroll
}

function NewPill({ conversation, scroll, isHeld }: NewPillProps): ReactElement {
  const { t, format } = useSettings()
  const { unread, isMoreUnread } = conversation
  if (scroll.isAtEnd && !(isHeld && unread > 0)) return <></>
  const count = `${format.count(unread)}${isMoreUnread ? '+' : ''}`
  return (
    <button type="button" className={unread > 0 ? 'pill is-new' : 'pill'} onClick={scroll.toEnd}>
      <Icon name="down" />
      {unread > 0 ? t('newCount', { count }) : t('toEnd')}
    </button>
  )
}

interface UnreadPillProps {
  readonly rows: readonly Row[]
  readonly scroll: TimelineScroll
  readonly line: UnreadLine
}

/** The way up to where one stopped reading, as long as it hasn't been seen. */
function UnreadPill({ rows, scroll, line }: UnreadPillProps): ReactElement {
  const { t, format } = useSettings()
  const at = rows.findIndex(({ kind }) => kind === 'unread')
  const isAbove = at >= 0 && at < scroll.firstSeen
  if (!isAbove || line.isDismissed || line.readUpToMs === undefined) return <></>
  return (
    <div className="unread-bar">
      <button
        type="button"
        onClick={() => {
          scroll.toRow(at)
          line.dismiss()
        }}
      >
        <Icon name="up" />
        {t('newSince', { time: format.near(line.readUpToMs) })}
      </button>
      <button type="button" aria-label={t('close')} onClick={line.dismiss}>
        <Icon name="close" />
      </button>
    </div>
  )
}
