import type { Clock } from '../base/clock.ts'

/** Work that shares its thread with commits. */
export interface Slices {
  /** Between two steps of the work: lets others go first when it has had its time. */
  rest(): Promise<void>
}

/** One turn of the work is no longer than this and one step. */
const SLICE_MS = 8

/**
 * It rests as long as it worked: half of the thread is always there for others. `resting`: a rest begins.
 */
export function createSlices(clock: Clock, resting: () => void = () => {}): Slices {
  let beganMs = clock.monotonic()
  return {
    async rest() {
      const tookMs = clock.monotonic() - beganMs
      if (tookMs < SLICE_MS) return
      resting()
      await new Promise((resolve) => setTimeout(resolve, tookMs))
      beganMs = clock.monotonic()
    },
  }
}
