import type { Point } from '../feed/point.ts'
import { MEASURES, type Measure, type Series } from '../feed/figures.ts'

const SECONDS = 2 * 60 * 60
const MINUTES = 48 * 60
const SECOND_MS = 1000
const MINUTE_MS = 60_000

/** Of a minute, these keep the worst second; all others the average. */
const PEAKS: ReadonlySet<Measure> = new Set([
  'fanOutP99Ms',
  'commitP99Ms',
  'queuedBytes',
  'coreLoopP99Ms',
  'workerLoopP99Ms',
  'ringShare',
])

/** Two hours of seconds and two days of minutes, in memory that doesn't grow. */
export class SeriesStore {
  readonly #seconds = new Columns(SECOND_MS, SECONDS)
  readonly #minutes = new Columns(MINUTE_MS, MINUTES)
  #minute: Point[] = []
  #minuteAtMs = 0

  /** Once a second. A second that was left out (the process stood still) stays empty. */
  add(atMs: number, point: Point): void {
    const minuteAtMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS
    if (minuteAtMs !== this.#minuteAtMs) {
      if (this.#minute.length > 0) this.#minutes.put(this.#minuteAtMs, summary(this.#minute))
      this.#minute = []
      this.#minuteAtMs = minuteAtMs
    }
    this.#minute.push(point)
    this.#seconds.put(Math.floor(atMs / SECOND_MS) * SECOND_MS, point)
  }

  of(stepMs: Series['stepMs']): Series {
    return (stepMs === SECOND_MS ? this.#seconds : this.#minutes).series(stepMs)
  }
}

class Columns {
  readonly #stepMs: number
  readonly #length: number
  readonly #columns: ReadonlyMap<Measure, Float64Array>
  #firstStep = 0
  #nextStep = 0

  constructor(stepMs: number, length: number) {
    this.#stepMs = stepMs
    this.#length = length
    this.#columns = new Map(MEASURES.map((name) => [name, new Float64Array(length).fill(NaN)]))
  }

  put(atMs: number, point: Point): void {
    const step = atMs / this.#stepMs
    if (this.#nextStep === 0) this.#firstStep = step
    // The clock was set back: what is there stays, and time goes on from where it was.
    else if (step < this.#nextStep - 1) return
    for (let empty = Math.max(this.#nextStep, step - this.#length); empty < step; empty++) {
      if (this.#nextStep > 0) this.#write(empty, {})
    }
    this.#write(step, point)
    this.#nextStep = step + 1
    this.#firstStep = Math.max(this.#firstStep, this.#nextStep - this.#length)
  }

  series(stepMs: Series['stepMs']): Series {
    const columns = {} as Record<Measure, (number | null)[]>
    for (const [name, values] of this.#columns) {
      const column: (number | null)[] = []
      for (let step = this.#firstStep; step < this.#nextStep; step++) {
        const value = values[step % this.#length] ?? NaN
        column.push(Number.isNaN(value) ? null : rounded(value))
      }
      columns[name] = column
    }
    return { stepMs, startMs: this.#firstStep * this.#stepMs, columns }
  }

  #write(step: number, point: Point): void {
    for (const [name, values] of this.#columns) values[step % this.#length] = point[name] ?? NaN
  }
}

function summary(points: readonly Point[]): Point {
  const result: Partial<Record<Measure, number>> = {}
  for (const name of MEASURES) {
    const values = points.flatMap((point) => point[name] ?? [])
    if (values.length === 0) continue
    result[name] = PEAKS.has(name)
      ? Math.max(...values)
      : values.reduce((sum, value) => sum + value, 0) / values.length
  }
  return result
}

/** Three digits behind the point are enough for a graph. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
