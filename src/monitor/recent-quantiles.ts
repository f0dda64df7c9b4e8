import type { FeedFrame } from './feed.ts'
import type { Figures, Quantiles } from './figures.ts'
import type { MonitorSource } from './source.ts'

/** Percentiles over the last minute. */
export interface RecentQuantiles {
  fanOut(): Quantiles | undefined
  commit(): Quantiles | undefined
  /** By the name of the thread. */
  loopDelay(): ReadonlyMap<string, Quantiles>
}

/** Longer than the usual time between two scrapes, so that no bad second goes unseen. */
const SECONDS = 60

/** Remembers what each second of the last minute was like, from now on. */
export function recentQuantiles(source: Pick<MonitorSource, 'subscribe'>): RecentQuantiles {
  const seconds: Figures[] = []
  source.subscribe((frame: FeedFrame) => {
    if (frame.type !== 'tick') return
    if (seconds.push(frame.figures) > SECONDS) seconds.shift()
  })
  return {
    fanOut: () => over(seconds.flatMap(({ fanOutMs }) => fanOutMs ?? [])),
    commit: () => over(seconds.flatMap(({ commitMs }) => commitMs ?? [])),
    loopDelay: () => loopDelays(seconds),
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
