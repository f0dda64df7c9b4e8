import { isAscii, isUtf8 } from 'node:buffer'
import type { LineFault } from './engine.ts'

/** Whole lines, each ended by LF or CR LF: well-formed UTF-8 without NUL, CR only before LF, none too long. */
export interface Block {
  /** A view that is only good during the call. */
  readonly bytes: Buffer
  /** The same, decoded. */
  readonly text: string
}

/**
 * Where the pieces go, in their order. What is not taken stops the splitter and is offered again on
 * `resume`. The sizes add up to every byte up to the last line end, so that input that yields nothing
 * can be charged too.
 */
export interface BlockSink {
  /** Returns how many of `block.bytes` were taken, from the front, in whole lines. */
  block(block: Block): number
  /** A line that is dropped. False: not taken. */
  fault(fault: LineFault, bytes: number): boolean
  /** Bytes that yield nothing: the rest of a line that was too long. False: not taken. */
  blank(bytes: number): boolean
}

export interface LineSink {
  /** A line without its line end; `bytes` counts the line end too. False: not taken. */
  line(text: string, bytes: number): boolean
  /** An empty line. False: not taken. */
  blank(bytes: number): boolean
}

/**
 * `open`: go on reading. `stopped`: the sink didn't take a piece; it waits with the rest for `resume`.
 * `unparsedInputExceeded`: the peer sent too much without a line end; nothing comes out any more. `ended`: neither, by `end`.
 */
export type SplitState = 'open' | 'stopped' | 'unparsedInputExceeded' | 'ended'

export interface LineLimits {
  readonly lineBytes: number
  readonly unparsedBytes: number
}

/**
 * Bytes of one connection in, whole lines and faults out, the same however the bytes were cut. Holds at
 * most one unfinished line, or what a sink that stopped has left; nothing when the input ended with a line.
 */
export class LineSplitter {
  readonly #limits: LineLimits
  /** An unfinished line, or, when stopped, all that is left. Its first `#heldLength` bytes count. */
  #held: Buffer | undefined = undefined
  #heldLength = 0
  /** Bytes seen of a line that is too long, up to its line end; 0 when there is none. */
  #skipped = 0
  #state: SplitState = 'open'

  constructor(limits: LineLimits) {
    this.#limits = limits
  }

  get heldBytes(): number {
    return this.#heldLength
  }

  /** It holds nothing and remembers nothing: a new one would do the same. */
  get isIdle(): boolean {
    return this.#heldLength === 0 && this.#skipped === 0 && this.#state === 'open'
  }

  /** `chunk` is borrowed: it may be written over after the call. While stopped it joins what is left. */
  push(chunk: Buffer, sink: BlockSink): SplitState {
    if (this.#state === 'stopped') this.#append(chunk)
    if (this.#state !== 'open') return this.#state
    const from = this.#held === undefined ? 0 : this.#finishLine(this.#held, chunk, sink)
    return this.#advance(chunk, from, sink)
  }

  /** Goes on with what was left when the sink stopped. */
  resume(sink: BlockSink): SplitState {
    if (this.#state !== 'stopped') return this.#state
    this.#state = 'open'
    this.#held = this.#held?.subarray(0, this.#heldLength)
    return this.#held === undefined ? 'open' : this.#advance(this.#held, 0, sink)
  }

  /** Forgets what is held and takes no more; a sink may call this from within. */
  end(): void {
    this.#release()
    this.#state = 'ended'
  }

  #advance(input: Buffer, from: number, sink: BlockSink): SplitState {
    let at = from
    while (at < input.length && this.#state === 'open') {
      if (this.#skipped > 0) {
        at = this.#skip(input, at, sink)
        continue
      }
      const end = blockEnd(input, at, this.#limits.lineBytes)
      const isWhole = input[end - 1] === LF
      const before = isWhole ? end - at - 1 : end - at
      if (before >= this.#limits.lineBytes) {
        if (this.#tooLong(sink)) at += this.#limits.lineBytes
      } else if (isWhole) {
        at += this.#deliver(input, at, end, sink)
      } else {
        break
      }
    }
    if (this.#state === 'open' || this.#state === 'stopped') this.#keep(input, at)
    return this.#state
  }

  /** Completes the unfinished line; returns where the chunk goes on. */
  #finishLine(held: Buffer, chunk: Buffer, sink: BlockSink): number {
    const lf = chunk.indexOf(LF)
    const before = lf < 0 ? chunk.length : lf
    const missing = this.#limits.lineBytes - this.#heldLength
    if (before >= missing) {
      if (!this.#tooLong(sink)) return 0
      this.#release()
      return missing
    }
    if (lf < 0) {
      this.#append(chunk)
      return chunk.length
    }
    const line = Buffer.concat([held.subarray(0, this.#heldLength), chunk.subarray(0, lf + 1)])
    if (this.#deliver(line, 0, line.length, sink) === 0) return 0
    this.#release()
    return lf + 1
  }

  /** Reported as soon as it is known, so that the moment doesn't depend on how the bytes were cut. */
  #tooLong(sink: BlockSink): boolean {
    if (!this.#heed(sink.fault('lineTooLong', this.#limits.lineBytes))) return false
    this.#skipped = this.#limits.lineBytes
    return true
  }

  #skip(input: Buffer, at: number, sink: BlockSink): number {
    const lf = input.indexOf(LF, at)
    const end = lf < 0 ? input.length : lf
    const skipped = this.#skipped + end - at
    if (skipped > this.#limits.unparsedBytes) {
      this.#release()
      this.#state = 'unparsedInputExceeded'
      return input.length
    }
    if (lf < 0) {
      this.#skipped = skipped
      return end
    }
    if (!this.#heed(sink.blank(skipped - this.#limits.lineBytes + 1))) return at
    this.#skipped = 0
    return lf + 1
  }

  #deliver(input: Buffer, from: number, end: number, sink: BlockSink): number {
    const bytes = from === 0 && end === input.length ? input : input.subarray(from, end)
    const text = cleanText(bytes)
    if (text === undefined) return this.#deliverEach(bytes, sink)
    const taken = sink.block({ bytes, text })
    this.#heed(taken === bytes.length)
    return taken
  }

  /** The slow path: somewhere in these lines is a fault. */
  #deliverEach(bytes: Buffer, sink: BlockSink): number {
    let at = 0
    while (at < bytes.length) {
      const end = bytes.indexOf(LF, at) + 1
      const line = bytes.subarray(at, end)
      const fault = lineFault(line.subarray(0, contentLength(line)))
      const isTaken =
        fault === undefined
          ? sink.block({ bytes: line, text: line.toString('utf8') }) === line.length
          : sink.fault(fault, line.length)
      if (!this.#heed(isTaken)) break
      at = end
    }
    return at
  }

  #heed(isTaken: boolean): boolean {
    if (!isTaken && this.#state === 'open') this.#state = 'stopped'
    return isTaken
  }

  #keep(input: Buffer, from: number): void {
    if (input !== this.#held) {
      this.#append(input.subarray(from))
      return
    }
    const left = input.subarray(from)
    this.#release()
    if (left.length === 0) return
    // A view costs nothing, but keeps all of its memory: copied when most of that has been taken.
    if (2 * left.length < left.buffer.byteLength) {
      this.#append(left)
    } else {
      this.#held = left
      this.#heldLength = left.length
    }
  }

  /** Grows by doubling, so that a line that comes a byte at a time costs no more than its length. */
  #append(chunk: Buffer): void {
    if (chunk.length === 0) return
    const length = this.#heldLength + chunk.length
    const old = this.#held
    if (old === undefined || old.length < length) {
      const room = old === undefined ? length : Math.max(length, 2 * old.length)
      // Not from Node's shared pool: ten bytes of a slow typist would keep 8 KiB alive.
      this.#held = Buffer.allocUnsafeSlow(room)
      old?.copy(this.#held, 0, 0, this.#heldLength)
    }
    this.#held?.set(chunk, this.#heldLength)
    this.#heldLength = length
  }

  #release(): void {
    this.#held = undefined
    this.#heldLength = 0
  }
}

/** Cuts a block into its lines; returns the bytes taken, as `BlockSink.block` must. */
export function cutLines({ bytes, text }: Block, sink: LineSink): number {
  const ascii = text.length === bytes.length
  let at = 0
  let taken = 0
  while (at < text.length) {
    const lf = text.indexOf('\n', at)
    const size = ascii ? lf + 1 - at : bytes.indexOf(LF, taken) + 1 - taken
    const end = text.charCodeAt(lf - 1) === CR ? lf - 1 : lf
    const isTaken = end > at ? sink.line(text.slice(at, end), size) : sink.blank(size)
    if (!isTaken) break
    taken += size
    at = lf + 1
  }
  return taken
}

/** The lines of a block, without the empty ones. */
export function linesOf(block: Block): string[] {
  const lines: string[] = []
  cutLines(block, { line: (text) => lines.push(text) > 0, blank: () => true })
  return lines
}

/** What forbids this line, which has no line end, to be handed over. */
export function lineFault(content: Buffer): LineFault | undefined {
  if (content.includes(0) || content.includes(CR) || content.includes(LF)) return 'forbiddenByte'
  return isUtf8(content) ? undefined : 'invalidUtf8'
}

const LF = 0x0a
const CR = 0x0d

/**
 * Lines are decoded together, but not more than this: a string that is cut from another keeps it alive,
 * so whoever keeps a topic may be keeping the whole block.
 */
const BLOCK_BYTES = 4096

/** The end of the last line within a block, else of the first line, else of the input. */
function blockEnd(input: Buffer, from: number, lineBytes: number): number {
  const most = Math.min(BLOCK_BYTES, lineBytes)
  if (input.length - from <= most && input[input.length - 1] === LF) return input.length
  const last = input.lastIndexOf(LF, Math.min(from + most, input.length) - 1)
  if (last >= from) return last + 1
  const next = input.indexOf(LF, from + most)
  return next < 0 ? input.length : next + 1
}

/** The text of whole lines if all of them are clean. */
function cleanText(bytes: Buffer): string | undefined {
  let text: string
  if (isAscii(bytes)) text = bytes.toString('latin1')
  else if (isUtf8(bytes)) text = bytes.toString('utf8')
  else return undefined
  if (text.includes('\0')) return undefined
  let cr = text.indexOf('\r')
  while (cr >= 0) {
    if (text.charCodeAt(cr + 1) !== LF) return undefined
    cr = text.indexOf('\r', cr + 2)
  }
  return text
}

function contentLength(line: Buffer): number {
  return line.at(-2) === CR ? line.length - 2 : line.length - 1
}
