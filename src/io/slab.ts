import type { Text } from './engine.ts'

const SLAB_BYTES = 512 * 1024
/** UTF-8 takes at most so many bytes for a unit of UTF-16. */
const MOST_BYTES_PER_UNIT = 3

/**
 * Where a turn's bytes are put together. Most of them are in the kernel when the turn ends, so that the
 * same memory serves again; what a slow reader still waits for stays, and the next turn has new memory.
 */
export class Slab {
  #memory = Buffer.allocUnsafeSlow(SLAB_BYTES)
  #used = 0
  #isKept = false

  /** The segments one after the other, text as UTF-8. */
  write(segments: readonly Text[]): Uint8Array {
    const from = this.#used
    let most = 0
    for (const each of segments)
      most += typeof each === 'string' ? MOST_BYTES_PER_UNIT * each.length : each.length
    if (most > this.#memory.length - from) return this.#writeAside(segments, most)
    this.#used = put(this.#memory, from, segments)
    return this.#memory.subarray(from, this.#used)
  }

  keep(): void {
    this.#isKept = true
  }

  reset(): void {
    if (this.#isKept) this.#memory = Buffer.allocUnsafeSlow(SLAB_BYTES)
    this.#isKept = false
    this.#used = 0
  }

  /** More than there is room for: memory of its own, or a new slab for what follows. */
  #writeAside(segments: readonly Text[], most: number): Uint8Array {
    if (most > SLAB_BYTES / 4) {
      const own = Buffer.allocUnsafeSlow(most)
      return own.subarray(0, put(own, 0, segments))
    }
    this.#memory = Buffer.allocUnsafeSlow(SLAB_BYTES)
    this.#used = put(this.#memory, 0, segments)
    return this.#memory.subarray(0, this.#used)
  }
}

/** Runs of text are written in one go. Returns where the next may begin. */
function put(memory: Buffer, from: number, segments: readonly Text[]): number {
  let at = from
  let text = ''
  for (const segment of segments) {
    if (typeof segment === 'string') {
      text += segment
      continue
    }
    if (text !== '') at += memory.write(text, at)
    text = ''
    memory.set(segment, at)
    at += segment.length
  }
  return text === '' ? at : at + memory.write(text, at)
}
