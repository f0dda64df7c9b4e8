import type { Text } from './engine.ts'

const SLAB_BYTES = 512 * 1024
/** UTF-8 takes at most so many bytes for a unit of UTF-16. */
const MOST_BYTES_PER_UNIT = 3

/**
 * Where a turn's bytes are put together. Most of them are in the kernel when the turn ends, so that the
 * same memory serves again; what a slow reader still waits for stays, and later turns go on behind it.
 */
export class Slab {
  #memory = Buffer.allocUnsafeSlow(SLAB_BYTES)
  #used = 0
  /** Where this turn's bytes begin: those before are still in use. */
  #turnStart = 0
  #isKept = false

  /** The segments one after the other, text as UTF-8. */
  write(segments: readonly Text[]): Uint8Array {
    const from = this.#used
    let most = 0
    for (const each of segments) most += mostBytes(each)
    if (most > this.#memory.length - from) return this.#writeAside(segments)
    this.#used = put(this.#memory, from, segments)
    return this.#memory.subarray(from, this.#used)
  }

  keep(): void {
    this.#isKept = true
  }

  reset(): void {
    if (this.#isKept) this.#turnStart = this.#used
    else this.#used = this.#turnStart
    this.#isKept = false
  }

  /** There may not be room for it: memory of its own if it is large, else a new slab. */
  #writeAside(segments: readonly Text[]): Uint8Array {
    let bytes = 0
    for (const each of segments)
      bytes += typeof each === 'string' ? Buffer.byteLength(each) : each.length
    if (bytes > SLAB_BYTES / 4) {
      const own = Buffer.allocUnsafeSlow(bytes)
      put(own, 0, segments)
      return own
    }
    if (bytes > this.#memory.length - this.#used) {
      this.#memory = Buffer.allocUnsafeSlow(SLAB_BYTES)
      this.#used = 0
      this.#turnStart = 0
    }
    const from = this.#used
    this.#used = put(this.#memory, from, segments)
    return this.#memory.subarray(from, this.#used)
  }
}

function mostBytes(segment: Text): number {
  return typeof segment === 'string' ? MOST_BYTES_PER_UNIT * segment.length : segment.length
}

/** Text is mostly all that there is, and is written in one go. Returns where the next may begin. */
function put(memory: Buffer, from: number, segments: readonly Text[]): number {
  if (segments.every(isText)) return from + memory.write(segments.join(''), from)
  let at = from
  for (const segment of segments) {
    if (isText(segment)) at += memory.write(segment, at)
    else {
      memory.set(segment, at)
      at += segment.length
    }
  }
  return at
}

function isText(segment: Text): segment is string {
  return typeof segment === 'string'
}
