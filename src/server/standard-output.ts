import { write, writeSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

export interface LineWriter {
  /** Takes whole lines, and returns at once. */
  readonly write: (lines: string) => void
  /** Resolves when all is written, or nobody takes it. */
  readonly flush: () => Promise<void>
}

const UNREAD_BYTES = 4 * 1024 * 1024
const RETRY_MS = 100
const FLUSH_MS = 1000

/**
 * Writes in order, and without waiting: what is not read is dropped beyond `UNREAD_BYTES`. A reader that is
 * gone (a closed pipe, a terminal that was hung up) and a disk that is full are no reason to stop: those
 * lines are lost, and the next ones are tried again.
 */
export function standardOutput(descriptor = 1): LineWriter {
  let waiting: string[] = []
  let waitingLength = 0
  let writing: Promise<void> | undefined
  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const lines = waiting.join('')
      waiting = []
      waitingLength = 0
      await writeWhole(descriptor, Buffer.from(lines))
    }
    writing = undefined
    process.off('exit', writeLast)
  }
  // A process that fails has no turn left, and what it said last says why.
  const writeLast = (): void => {
    try {
      if (waiting.length > 0) writeSync(descriptor, waiting.join(''))
    } catch {}
  }
  return {
    write(lines) {
      if (waitingLength > UNREAD_BYTES) return
      waiting.push(lines)
      waitingLength += lines.length
      if (writing !== undefined) return
      process.once('exit', writeLast)
      writing = writeAll()
    },
    async flush() {
      if (writing !== undefined)
        await Promise.race([writing, delay(FLUSH_MS, undefined, { ref: false })])
    },
  }
}

async function writeWhole(descriptor: number, bytes: Buffer): Promise<void> {
  let rest = bytes
  while (rest.length > 0) {
    const written = await writeSome(descriptor, rest)
    if (written === 'gone') return
    // Not even a process that would be done is kept by a reader who doesn't read.
    if (written === 0) await delay(RETRY_MS, undefined, { ref: false })
    rest = rest.subarray(written)
  }
}

/** How many bytes were taken: none, when there is no room just now. Never rejects. */
async function writeSome(descriptor: number, bytes: Buffer): Promise<number | 'gone'> {
  return new Promise((resolve) => {
    write(descriptor, bytes, (error, written) => {
      if (error === null) return resolve(written)
      resolve(error.code === 'EAGAIN' || error.code === 'EBUSY' ? 0 : 'gone')
    })
  })
}
