/** Durations in buckets that are at most 1/64 wide of what they hold; mergeable, and cheap to send between threads. */
export interface Histogram {
  /** How many durations fell into each bucket. */
  readonly counts: Float64Array
  samples: number
  maxMs: number
}

const SUB_BITS = 6
const SUB_BUCKETS = 1 << SUB_BITS
/** Microseconds up to 2^31: 35 minutes. */
const BUCKETS = (31 - SUB_BITS + 1) * SUB_BUCKETS
const LONGEST_US = 2 ** 31 - 1

export function createHistogram(): Histogram {
  return { counts: new Float64Array(BUCKETS), samples: 0, maxMs: 0 }
}

/** Below zero counts as zero. */
export function record(into: Histogram, durationMs: number): void {
  const bucket = bucketOf(Math.min(Math.max(durationMs * 1000, 0), LONGEST_US) | 0)
  into.counts[bucket] = (into.counts[bucket] ?? 0) + 1
  into.samples++
  if (durationMs > into.maxMs) into.maxMs = durationMs
}

export function merged(histograms: readonly Histogram[]): Histogram {
  const all = createHistogram()
  for (const one of histograms) {
    for (let i = 0; i < BUCKETS; i++) all.counts[i] = (all.counts[i] ?? 0) + (one.counts[i] ?? 0)
    all.samples += one.samples
    all.maxMs = Math.max(all.maxMs, one.maxMs)
  }
  return all
}

/** The nearest-rank percentile (`share` from 0 to 1) in milliseconds; `undefined` without samples. */
export function percentileMs(of: Histogram, share: number): number | undefined {
  if (of.samples === 0) return undefined
  const rank = Math.max(1, Math.ceil(of.samples * share))
  if (rank >= of.samples) return of.maxMs
  let seen = 0
  for (let i = 0; i < BUCKETS; i++) {
    seen += of.counts[i] ?? 0
    if (seen >= rank) return Math.min(middleUs(i) / 1000, of.maxMs)
  }
  return of.maxMs
}

function bucketOf(us: number): number {
  if (us < SUB_BUCKETS) return us
  const shift = 31 - Math.clz32(us) - SUB_BITS
  return (shift + 1) * SUB_BUCKETS + ((us >>> shift) & (SUB_BUCKETS - 1))
}

function middleUs(bucket: number): number {
  if (bucket < SUB_BUCKETS) return bucket
  const shift = Math.floor(bucket / SUB_BUCKETS) - 1
  return (SUB_BUCKETS + (bucket % SUB_BUCKETS) + 0.5) * 2 ** shift
}
