import { closeSync, existsSync, openSync, readSync } from 'node:fs'

/** Where a write-ahead log can't be read any further, although more was committed to it. */
export interface WalDamage {
  /** Up to here all is well: the end of the last commit that can be read. */
  readonly goodBytes: number
  /** What was committed after that, at least. */
  readonly commits: number
}

const HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24

/**
 * SQLite reads its write-ahead log up to the first frame whose checksum is wrong, takes the rest for the torn
 * end of a power cut, and says nothing. Where every commit is synced before the next one begins, only the last
 * can be torn: if more than one lies behind such a frame, a disk has turned a bit, and what was acknowledged
 * would be gone without a word. Damage in the very last commit can't be told from a torn one.
 * https://sqlite.org/fileformat2.html#walformat
 */
export function walDamage(walFile: string): WalDamage | undefined {
  if (!existsSync(walFile)) return undefined
  const file = openSync(walFile, 'r')
  try {
    const readable = readFrames(file)
    return readable.commitsBehind > 1
      ? { goodBytes: readable.goodBytes, commits: readable.commitsBehind }
      : undefined
  } finally {
    closeSync(file)
  }
}

/** How far it could be read. */
interface Reading {
  readonly isLittle: boolean
  readonly frameBytes: number
  /** Undefined: the header is damaged, and those of the first frame are not read yet. */
  salts: string | undefined
  sums: Sums
  isGood: boolean
  goodBytes: number
  commitsBehind: number
}

function readFrames(file: number): Pick<Reading, 'goodBytes' | 'commitsBehind'> {
  const header = readAt(file, 0, HEADER_BYTES)
  if (header === undefined) return { goodBytes: 0, commitsBehind: 0 }
  const reading = beginAt(header)
  for (let at = HEADER_BYTES; ; at += reading.frameBytes) {
    const frame = readAt(file, at, reading.frameBytes)
    if (frame === undefined) return reading
    takeFrame(reading, frame, at + reading.frameBytes)
  }
}

function beginAt(header: DataView): Reading {
  const magic = header.getUint32(0)
  const isLittle = (magic & 1) === 0
  const end = HEADER_BYTES - 8
  const sums = sumsOf(header, { from: 0, to: end, isLittle, before: [0, 0] })
  const isGood = magic >>> 1 === MAGIC >>> 1 && hasSums(header, end, sums)
  return {
    isLittle,
    frameBytes: FRAME_HEADER_BYTES + (isGood ? header.getUint32(8) : USUAL_PAGE_BYTES),
    salts: isGood ? saltsOf(header, 16) : undefined,
    sums,
    isGood,
    goodBytes: isGood ? HEADER_BYTES : 0,
    commitsBehind: 0,
  }
}

function takeFrame(reading: Reading, frame: DataView, end: number): void {
  const { isLittle, frameBytes } = reading
  reading.salts ??= saltsOf(frame, 8)
  // What lies there from before the log was begun anew has others.
  const isOfThisLog = saltsOf(frame, 8) === reading.salts
  if (reading.isGood) {
    const before = sumsOf(frame, { from: 0, to: 8, isLittle, before: reading.sums })
    reading.sums = sumsOf(frame, { from: FRAME_HEADER_BYTES, to: frameBytes, isLittle, before })
    reading.isGood = isOfThisLog && hasSums(frame, 16, reading.sums)
  }
  const isCommit = frame.getUint32(4) !== 0
  if (!isCommit || !isOfThisLog) return
  if (reading.isGood) reading.goodBytes = end
  else reading.commitsBehind++
}

const MAGIC = 0x377f0682
const USUAL_PAGE_BYTES = 4096

function saltsOf(view: DataView, at: number): string {
  return `${view.getUint32(at)} ${view.getUint32(at + 4)}`
}

function hasSums(view: DataView, at: number, [first, second]: Sums): boolean {
  return view.getInt32(at) === first && view.getInt32(at + 4) === second
}

type Sums = readonly [number, number]

/** https://sqlite.org/fileformat2.html#checksum_algorithm */
function sumsOf(
  view: DataView,
  range: {
    readonly from: number
    readonly to: number
    readonly isLittle: boolean
    readonly before: Sums
  },
): Sums {
  let [first, second] = range.before
  for (let at = range.from; at < range.to; at += 8) {
    first = (first + view.getInt32(at, range.isLittle) + second) | 0
    second = (second + view.getInt32(at + 4, range.isLittle) + first) | 0
  }
  return [first, second]
}

/** Undefined when the file ends before. */
function readAt(file: number, at: number, bytes: number): DataView | undefined {
  const buffer = new Uint8Array(bytes)
  return readSync(file, buffer, 0, bytes, at) === bytes ? new DataView(buffer.buffer) : undefined
}
