import type { Histogram } from './histogram.ts'

/** The buckets of a histogram that hold something: small enough to be sent between threads every second. */
export interface SparseHistogram {
  /** Bucket, count, bucket, count, … */
  readonly cells: Float64Array
  readonly samples: number
  readonly maxMs: number
}

/** What has been recorded, which `from` then no longer holds; `undefined` when that is nothing. */
export function takeSparse(from: Histogram): SparseHistogram | undefined {
  const { counts, samples, maxMs } = from
  if (samples === 0) return undefined
  const cells: number[] = []
  for (let bucket = 0; bucket < counts.length; bucket++) {
    const count = counts[bucket] ?? 0
    if (count > 0) cells.push(bucket, count)
  }
  counts.fill(0)
  from.samples = 0
  from.maxMs = 0
  return { cells: Float64Array.from(cells), samples, maxMs }
}

export function addSparse(into: Histogram, { cells, samples, maxMs }: SparseHistogram): void {
  for (let at = 0; at < cells.length; at += 2) {
    const bucket = cells[at] ?? 0
    into.counts[bucket] = (into.counts[bucket] ?? 0) + (cells[at + 1] ?? 0)
  }
  into.samples += samples
  into.maxMs = Math.max(into.maxMs, maxMs)
}
