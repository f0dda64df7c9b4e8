import { memo, type ReactElement } from 'react'
import { describe, type Detail, type Tone } from '../state/log-lines.ts'
import type { LogLine } from '../state/monitor-state.ts'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

const TONES: Readonly<Record<Tone, string>> = {
  good: 'badge good',
  plain: 'badge accent',
  quiet: 'badge',
  warn: 'badge warn',
  bad: 'badge bad',
}

export function LogLines({ lines }: { readonly lines: readonly LogLine[] }): ReactElement {
  return (
    <ol>
      {lines.map((line) => (
        <li key={line.key}>
          <LogLineShown line={line} />
        </li>
      ))}
    </ol>
  )
}

/** A line of the log. What has happened doesn't change: it is drawn once. */
export const LogLineShown = memo(function LogLineShown({
  line,
}: {
  readonly line: LogLine
}): ReactElement {
  const { t, format } = useSettings()
  if (line.kind !== 'entry') return <Break line={line} />
  const { atMs, event } = line.entry
  const { tone, title, who, details } = describe(event)
  return (
    <div className="log-line" data-event={event.kind}>
      <time dateTime={new Date(atMs).toISOString()} title={format.moment(atMs)}>
        {format.clock(atMs)}
      </time>
      <span className={`log-title ${TONES[tone]}`}>{t(title)}</span>
      <span className="log-who">
        {who?.nick !== undefined && (
          <b>
            <Untrusted text={who.nick} />
          </b>
        )}
        {who !== undefined && (
          <span className="muted mono">
            <Untrusted text={who.address} />
          </span>
        )}
      </span>
      <span className="log-details">
        {details.map((detail, index) => (
          <LogDetail key={index} detail={detail} />
        ))}
      </span>
    </div>
  )
})

function LogDetail({ detail }: { readonly detail: Detail }): ReactElement {
  const { t, format } = useSettings()
  return (
    <span>
      {detail.label !== undefined && <span className="muted">{t(detail.label)} </span>}
      {'text' in detail && <Untrusted text={detail.text} />}
      {'key' in detail && t(detail.key)}
      {'durationMs' in detail && format.duration(detail.durationMs)}
      {'count' in detail && format.count(detail.count)}
    </span>
  )
}

function Break({ line }: { readonly line: Exclude<LogLine, { kind: 'entry' }> }): ReactElement {
  const { t, format } = useSettings()
  return (
    <div className="log-gap">
      <time>{format.clock(line.atMs)}</time>
      {line.kind === 'started' && t('logStarted')}
      {line.kind === 'gap' &&
        (line.missed === 'unknown'
          ? t('logGapUnknown')
          : t('logGap', { count: format.count(line.missed) }))}
    </div>
  )
}
