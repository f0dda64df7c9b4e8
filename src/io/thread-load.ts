import { monitorEventLoopDelay } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import type { LoadFigures, LoopDelay } from './engine.ts'

/** How often it is looked whether the loop is late. */
const RESOLUTION_MS = 10

/**
 * How busy the thread is in which this is made. The delay of its loop is measured from the first
 * `read` on, so that a server that nobody watches pays nothing. Doesn't keep the thread alive.
 */
export class ThreadLoad implements Disposable {
  #delay: ReturnType<typeof monitorEventLoopDelay> | undefined = undefined

  /** The delays since the last `read`; none at the first. */
  read(): LoadFigures {
    const usage = process.threadCpuUsage?.()
    return {
      cpuMs: usage && (usage.user + usage.system) / 1000,
      loopDelayMs: this.#takeDelay(),
      heapBytes: getHeapStatistics().used_heap_size,
    }
  }

  [Symbol.dispose](): void {
    this.#delay?.disable()
    this.#delay = undefined
  }

  #takeDelay(): LoopDelay | undefined {
    if (this.#delay === undefined) {
      this.#delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
      this.#delay.enable()
      return undefined
    }
    if (this.#delay.count === 0) return undefined
    const { max } = this.#delay
    const taken = {
      p50: lateMs(this.#delay.percentile(50)),
      p99: lateMs(this.#delay.percentile(99)),
      max: lateMs(max),
    }
    this.#delay.reset()
    return taken
  }
}

/** Node counts from one look to the next, in nanoseconds: what is above the resolution is the delay. */
function lateMs(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1_000_000 - RESOLUTION_MS)
}
