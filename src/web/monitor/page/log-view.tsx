import { useDeferredValue, useMemo, useState, type ReactElement } from 'react'
import { Virtualizer } from 'virtua'
import { lineFits, LOG_KINDS, wordsOf, type LogKind } from '../state/log-lines.ts'
import type { LogLine } from '../state/monitor-state.ts'
import { useMonitor } from './console-context.tsx'
import { Empty } from './empty.tsx'
import { Icon } from './icon.tsx'
import { LogLineShown } from './log-lines.tsx'
import { SearchField } from './search-field.tsx'
import { useSettings } from './settings.tsx'

const KIND_TEXTS = {
  coming: 'kindComing',
  going: 'kindGoing',
  rooms: 'kindRooms',
  trouble: 'kindTrouble',
  operators: 'kindOperators',
  server: 'kindServer',
} as const

/** All that happened, newest first; it can be held still and searched. */
export function LogView(): ReactElement {
  const { t, format } = useSettings()
  const [kinds, setKinds] = useState<ReadonlySet<LogKind>>(() => new Set(LOG_KINDS))
  const [search, setSearch] = useState('')
  const { log, paused, toggle, newLines } = usePausableLog()
  const asked = useDeferredValue(search)
  const lines = useMemo(() => {
    const words = wordsOf(asked)
    return log.filter((line) => lineFits(line, kinds, words)).reverse()
  }, [log, kinds, asked])
  return (
    <div className="view has-table">
      <div className="toolbar">
        <SearchField label="searchLog" value={search} onChange={setSearch} />
        <div className="actions" role="group" aria-label={t('kinds')}>
          {LOG_KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              className="button"
              aria-pressed={kinds.has(kind)}
              onClick={() => setKinds(toggled(kinds, kind))}
            >
              {t(KIND_TEXTS[kind])}
            </button>
          ))}
        </div>
        <button type="button" className="button end" aria-pressed={paused} onClick={toggle}>
          <Icon name={paused ? 'play' : 'pause'} />
          {t(paused ? 'resume' : 'pause')}
          {paused && newLines > 0 && (
            <span className="badge">{t('newLines', { count: format.count(newLines) })}</span>
          )}
        </button>
      </div>
      <section className="panel table-panel" aria-label={t('log')}>
        <Lines lines={lines} isAny={log.length > 0} />
      </section>
    </div>
  )
}

function Lines({
  lines,
  isAny,
}: {
  readonly lines: readonly LogLine[]
  readonly isAny: boolean
}): ReactElement {
  if (lines.length === 0) {
    return (
      <Empty
        icon="log"
        title={isAny ? 'logNoMatch' : 'logEmpty'}
        {...(isAny ? {} : { more: 'logMore' })}
      />
    )
  }
  return (
    // It scrolls, so the keyboard must get to it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="grid-scroll log-list figures" tabIndex={0}>
      <Virtualizer data={lines} itemSize={32}>
        {(line) => <LogLineShown key={line.key} line={line} />}
      </Virtualizer>
    </div>
  )
}

function usePausableLog(): {
  readonly log: readonly LogLine[]
  readonly paused: boolean
  readonly toggle: () => void
  readonly newLines: number
} {
  const live = useMonitor((state) => state.log)
  const [held, setHeld] = useState<readonly LogLine[]>()
  const newLines = useMemo(() => {
    const last = held?.at(-1)?.key
    return held === undefined ? 0 : live.length - 1 - live.findLastIndex(({ key }) => key === last)
  }, [held, live])
  return {
    log: held ?? live,
    paused: held !== undefined,
    toggle: () => setHeld(held === undefined ? live : undefined),
    newLines,
  }
}

function toggled(kinds: ReadonlySet<LogKind>, kind: LogKind): ReadonlySet<LogKind> {
  return new Set(LOG_KINDS.filter((one) => kinds.has(one) !== (one === kind)))
}
