import type { Clock } from '../base/clock.ts'
import type { SearchProgress, SearchTable } from './search-table.ts'
import type { Followed, Store } from './store.ts'

/** Carries the log into the index, a slice at a time. What a slice brings and how far that is are one commit. */
export interface SearchIntake {
  /**
   * Works for some milliseconds at most, the log's answer aside. `end`: all that is committed is indexed.
   * `forgotten`: the log can't say what has changed; the index must begin anew. Rejects with LogUnreadable.
   */
  takeIn(): Promise<'end' | 'more' | 'forgotten'>
  /** There is more to do than a search can wait for. */
  isFarBehind(): boolean
  lag(): SearchLag
}

/** Zeros: everything that is committed can be found. `events` is an estimate. */
export interface SearchLag {
  readonly events: number
  /** The age of the oldest event that isn't indexed. */
  readonly ms: number
}

/** The log can't be read; it may be possible later. */
export class LogUnreadable extends Error {}

export interface IntakeOptions {
  readonly table: SearchTable
  readonly store: Pick<Store, 'follow' | 'figures'>
  readonly clock: Clock
}

/** Searches wait no longer than this for what is done meanwhile. */
const SLICE_MS = 10
const FOLLOW_LIMIT = 500
const FIGURES_MS = 1000
const NOTHING_LAGS: SearchLag = { events: 0, ms: 0 }

export function createSearchIntake({ table, store, clock }: IntakeOptions): SearchIntake {
  let progress = table.progress()
  let page: Followed = { position: progress.position, changes: [] }
  let taken = 0
  let lag = NOTHING_LAGS
  let figuresAtMs = -Infinity

  const isFarBehind = () => page.changes.length >= FOLLOW_LIMIT

  const takeSlice = () => {
    const untilMs = clock.monotonic() + SLICE_MS
    let next = taken
    let reached = progress
    table.write(() => {
      for (; next < page.changes.length && clock.monotonic() < untilMs; next++) {
        reached = takeChange(table, reached, page.changes[next])
      }
      // Until the page is done it counts as not begun: what is taken in twice is there once.
      if (next < page.changes.length) return
      reached = { ...reached, position: page.position }
      table.saveProgress(reached)
    })
    taken = next
    progress = reached
  }

  const measureLag = async () => {
    const monotonicMs = clock.monotonic()
    if (monotonicMs < figuresAtMs + FIGURES_MS) return
    figuresAtMs = monotonicMs
    const { events } = await askLog(() => store.figures())
    const { lastTimeMs } = progress
    const waiting = Math.max(page.changes.length - taken, events - progress.events)
    lag = { events: waiting, ms: lastTimeMs === 0 ? 0 : Math.max(0, clock.now() - lastTimeMs) }
  }

  return {
    async takeIn() {
      if (taken === page.changes.length) {
        const next = await askLog(() => store.follow(page.position, FOLLOW_LIMIT))
        if (next.forgotten === true) return 'forgotten'
        const isEnd = next.changes.length === 0 && next.position === page.position
        page = next
        taken = 0
        if (isEnd) {
          lag = NOTHING_LAGS
          return 'end'
        }
      }
      takeSlice()
      if (isFarBehind()) await measureLag()
      return 'more'
    },
    isFarBehind,
    lag: () => lag,
  }
}

function takeChange(
  table: SearchTable,
  progress: SearchProgress,
  change: Followed['changes'][number] | undefined,
): SearchProgress {
  if (change === undefined) return progress
  const { buffer, seq, event } = change
  if (change.change === 'gone' || event === undefined) {
    table.remove(buffer, seq)
    return { ...progress, events: progress.events - 1 }
  }
  table.add(event)
  const { timeMs, msgid } = event
  const lastTimeMs = Math.max(progress.lastTimeMs, timeMs)
  return { ...progress, events: progress.events + 1, lastTimeMs, last: { buffer, seq, msgid } }
}

/** What the log answers; LogUnreadable when it fails. */
export async function askLog<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question()
  } catch (error) {
    throw new LogUnreadable('the log cannot be read', { cause: error })
  }
}
