import type { FeedFrame } from '../feed/feed.ts'
import type { Figures, Quantiles } from '../feed/figures.ts'
import type { MonitorSource } from './source.ts'

/** Percentiles over the last minute. */
export interface RecentQuantiles {
  readonly fanOut: Quantiles | undefined
  readonly commit: Quantiles | undefined
  /** By the name of the thread. */
  readonly loopDelay: ReadonlyMap<string, Quantiles>
}

/** Longer than the usual time between two scrapes, so that no bad second goes unseen. */
const SECONDS = 60
/** Who has not asked for so long doesn't ask any more, and then nothing is gathered. */
const UNASKED_SECONDS = 180

/**
 * Remembers what each second of the last minute was like, from the first time on that it is asked; what it
 * knows then is the second before.
 */
export function recentQuantiles(
  source: Pick<MonitorSource, 'snapshot' | 'subscribe'>,
): () => RecentQuantiles {
  let seconds: Figures[] = []
  let unasked = 0
  let subscription: Disposable | undefined
  const take = (frame: FeedFrame): void => {
    if (frame.type !== 'tick') return
    if (seconds.push(frame.figures) > SECONDS) seconds.shift()
    if (++unasked < UNASKED_SECONDS) return
    subscription?.[Symbol.dispose]()
    subscription = undefined
  }
  return () => {
    unasked = 0
    if (subscription === undefined) {
      const { figures } = source.snapshot()
      seconds = figures === undefined ? [] : [figures]
      subscription = source.subscribe(take)
    }
    return quantilesOf(seconds)
  }
}

function quantilesOf(seconds: readonly Figures[]): RecentQuantiles {
  return {
    fanOut: over(seconds.flatMap(({ fanOutMs }) => fanOutMs ?? [])),
    commit: over(seconds.flatMap(({ commitMs }) => commitMs ?? [])),
    loopDelay: loopDelays(seconds),
  }
}

function loopDelays(seconds: readonly Figures[]): ReadonlyMap<string, Quantiles> {
  const byThread = new Map<string, Quantiles[]>()
  for (const { threads } of seconds) {
    for (const { name, loopDelayMs } of threads) {
      if (loopDelayMs === undefined) continue
      const known = byThread.get(name)
      if (known === undefined) byThread.set(name, [loopDelayMs])
      else known.push(loopDelayMs)
    }
  }
  const delays = new Map<string, Quantiles>()
  for (const [name, each] of byThread) {
    const all = over(each)
    if (all !== undefined) delays.set(name, all)
  }
  return delays
}

/** The median of the medians, and of what is to be small the worst. */
function over(each: readonly Quantiles[]): Quantiles | undefined {
  if (each.length === 0) return undefined
  const medians = each.map(({ p50 }) => p50).sort((a, b) => a - b)
  return {
    p50: medians[Math.floor((medians.length - 1) / 2)] ?? 0,
    p99: Math.max(...each.map(({ p99 }) => p99)),
    max: Math.max(...each.map(({ max }) => max)),
  }
}
