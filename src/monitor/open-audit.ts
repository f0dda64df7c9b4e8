import type { Clock } from '../base/clock.ts'
import type { Audit, AuditEntry, AuditRecord } from './access.ts'
import { CHAIN_START, chainRow, recordOf } from './audit-chain.ts'
import type { AuditRow, ChainEnd } from './audit-chain.ts'
import { readAuditHead, writeAuditHead } from './audit-head.ts'
import type { MonitorStore } from './monitor-store.ts'
import { createRefusalWindow, WINDOW_MS } from './refusal-window.ts'
import { systemRepeat } from './repeat.ts'
import type { Repeat } from './repeat.ts'

export interface AuditOptions {
  readonly store: MonitorStore
  readonly clock: Clock
  readonly repeat?: Repeat
}

/**
 * The audit in `monitor.db`. `append` is on the disk when it returns, and throws if it can't be. Done and
 * failed actions are always written; of refusals at most 10 from an address and 60 in all within a minute,
 * and how many were left out when the minute is over. Dispose of it before the store.
 */
export function openAudit({
  store,
  clock,
  repeat = systemRepeat,
}: AuditOptions): Audit & Disposable {
  const { database } = store
  const newest = database.prepare(
    'SELECT seq, record, hash FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?',
  )
  const write = auditWriter(store, () => clock.now())
  const window = createRefusalWindow()
  let timer: Disposable | undefined

  const settle = (leftOut: number): void => {
    if (leftOut > 0) write(leftOutEntry(leftOut))
  }
  const stopTimer = (): void => {
    timer?.[Symbol.dispose]()
    timer = undefined
  }
  const onTimer = (): void => {
    const leftOut = window.takeLeftOut(clock.monotonic())
    if (leftOut === 0) return
    stopTimer()
    settle(leftOut)
  }
  return {
    append(entry) {
      const nowMs = clock.monotonic()
      settle(window.takeLeftOut(nowMs))
      if (entry.outcome !== 'refused' || window.admits(entry.from, nowMs)) write(entry)
      else timer ??= repeat(WINDOW_MS / 12, onTimer)
    },
    entries({ before = Number.MAX_SAFE_INTEGER, count }) {
      const rows = newest.all(before, Math.max(0, Math.trunc(count)))
      return rows.flatMap((row): AuditRecord[] => {
        const record = recordOf(row as unknown as AuditRow)
        return record === undefined ? [] : [record]
      })
    },
    [Symbol.dispose]() {
      stopTimer()
      settle(window.endNow())
    },
  }
}

function leftOutEntry(count: number): AuditEntry {
  return {
    who: 'maru',
    from: 'maru',
    action: 'refusals left out',
    outcome: 'refused',
    detail: `${count} within a minute`,
  }
}

function auditWriter(store: MonitorStore, now: () => number): (entry: AuditEntry) => void {
  const { database, folder } = store
  const last = database.prepare('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1')
  const insert = database.prepare('INSERT INTO audit (seq, record, hash) VALUES (?, ?, ?)')
  const end = (): ChainEnd => (last.get() as unknown as ChainEnd | undefined) ?? CHAIN_START

  return (entry) => {
    store.write(() => {
      const { seq, record, hash } = chainRow(trueEnd(end(), readAuditHead(folder)), entry, now())
      insert.run(seq, record, hash)
    })
    // In a turn of its own: two processes must not write older over newer, and a crash in between may
    // leave the file behind, which the next append mends, but never ahead, which looks like a cut.
    store.write(() => writeAuditHead(folder, end()))
  }
}

/** Where records were cut off, the chain goes on from where it was, so that the gap stays to be seen. */
function trueEnd(kept: ChainEnd, head: ChainEnd | undefined): ChainEnd {
  return head !== undefined && head.seq >= kept.seq ? head : kept
}
