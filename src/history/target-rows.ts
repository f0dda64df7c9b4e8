import type { TargetRow, TargetsQuery } from '../state/history-query.ts'

/**
 * `lastTimesMs`: of each buffer of the query, its last visible message. As BETWEEN: the two ends are
 * excluded, and it is counted from `fromMs`, also when that is the later one. Ascending.
 */
export function targetRows(
  { buffers, fromMs, toMs, limit }: TargetsQuery,
  lastTimesMs: readonly (number | undefined)[],
): readonly TargetRow[] {
  const [lowMs, highMs] = fromMs <= toMs ? [fromMs, toMs] : [toMs, fromMs]
  const rows = buffers
    .flatMap(({ buffer }, index) => {
      const timeMs = lastTimesMs[index]
      return timeMs === undefined ? [] : [{ buffer, timeMs }]
    })
    .filter(({ timeMs }) => timeMs > lowMs && timeMs < highMs)
    .toSorted((a, b) => a.timeMs - b.timeMs || a.buffer - b.buffer)
  return fromMs <= toMs ? rows.slice(0, limit) : rows.slice(-limit)
}
