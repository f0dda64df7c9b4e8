import assert from 'node:assert/strict'
import { isUtf8 } from 'node:buffer'
import { test } from 'node:test'
import fc from 'fast-check'
import type { LineFault } from './engine.ts'
import { type BlockSink, cutLines, type LineSink, LineSplitter } from './line-splitter.ts'

const LIMITS = { lineBytes: 40, unparsedBytes: 90 }
const REAL = { lineBytes: 8191, unparsedBytes: 16 * 1024 }

type Piece = string | { readonly fault: LineFault }

/** Keeps what it takes. */
class Recorder implements BlockSink, LineSink {
  readonly pieces: Piece[] = []
  bytes = 0
  longestText = 0
  readonly #takes: () => boolean

  constructor(takes: () => boolean = () => true) {
    this.#takes = takes
  }

  block(block: { bytes: Buffer; text: string }): number {
    assert.equal(block.bytes.toString('utf8'), block.text)
    this.longestText = Math.max(this.longestText, block.text.length)
    return cutLines(block, this)
  }

  line(text: string, bytes: number): boolean {
    return this.#take(bytes, text)
  }

  fault(fault: LineFault, bytes: number): boolean {
    return this.#take(bytes, { fault })
  }

  blank(bytes: number): boolean {
    return this.#take(bytes)
  }

  #take(bytes: number, piece?: Piece): boolean {
    assert.ok(bytes > 0)
    if (!this.#takes()) return false
    this.bytes += bytes
    if (piece !== undefined) this.pieces.push(piece)
    return true
  }
}

function split(chunks: readonly Buffer[], limits = LIMITS) {
  const splitter = new LineSplitter(limits)
  const sink = new Recorder()
  let state = 'open'
  for (const chunk of chunks) {
    const borrowed = Buffer.from(chunk)
    state = splitter.push(borrowed, sink)
    borrowed.fill(0x0a)
  }
  return { pieces: sink.pieces, state, bytes: sink.bytes, held: splitter.heldBytes }
}

function splitText(text: string, limits = LIMITS) {
  return split([Buffer.from(text, 'latin1')], limits)
}

/** The rules said again, as slowly and plainly as possible. */
function expected(input: Buffer, { lineBytes, unparsedBytes } = LIMITS) {
  const pieces: Piece[] = []
  let rest = input
  while (rest.length > 0) {
    const lf = rest.indexOf(10)
    const before = lf < 0 ? rest.length : lf
    if (before >= lineBytes) pieces.push({ fault: 'lineTooLong' })
    if (before > unparsedBytes) return { pieces, state: 'unparsedInputExceeded' }
    if (lf < 0) return { pieces, state: 'open' }
    if (before < lineBytes) pieces.push(...expectedLine(rest.subarray(0, lf)))
    rest = rest.subarray(lf + 1)
  }
  return { pieces, state: 'open' }
}

function expectedLine(line: Buffer): Piece[] {
  const content = line.at(-1) === 13 ? line.subarray(0, -1) : line
  if (content.includes(13) || content.includes(0)) return [{ fault: 'forbiddenByte' }]
  if (!isUtf8(content)) return [{ fault: 'invalidUtf8' }]
  return content.length === 0 ? [] : [content.toString('utf8')]
}

const fragments = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('\n', '\r\n', 'PRIVMSG #a :hi\r\n', 'a', 'NICK b\n') },
  { weight: 2, arbitrary: fc.constantFrom('\r', '\0', '\r\r\n', '가나다', '😀\n', 'é\r\n') },
  { weight: 1, arbitrary: fc.integer({ min: 30, max: 100 }).map((n) => 'x'.repeat(n)) },
)
const input = fc
  .array(
    fc.oneof(
      fragments.map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
    ),
    { maxLength: 40 },
  )
  .map((parts) => Buffer.concat(parts))

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  let at = 0
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1
    chunks.push(bytes.subarray(at, at + size))
    at += size
  }
  return chunks
}

const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 })

test('SPLIT - a line ends with LF, with or without one CR before it; empty lines are dropped', () => {
  const { pieces, held, bytes } = splitText('NICK a\r\nUSER b\n\r\n\nJOIN #c\r\n')
  assert.deepEqual(pieces, ['NICK a', 'USER b', 'JOIN #c'])
  assert.equal(held, 0)
  assert.equal(bytes, 'NICK a\r\nUSER b\n\r\n\nJOIN #c\r\n'.length)
})

test('SPLIT - a lone CR or a NUL drops its line and no other', () => {
  const forbidden = { fault: 'forbiddenByte' }
  const { pieces } = splitText('A\r\nB\rC\r\nD\0\r\nE\r\r\n\r\r\nF\r\n')
  assert.deepEqual(pieces, ['A', forbidden, forbidden, forbidden, forbidden, 'F'])
})

test('SPLIT - malformed UTF-8 drops its line and no other', () => {
  const bad = ['\xc0\xaf', '\xed\xa0\x80', '\x80', '\xe2\x82', '\xf4\x90\x80\x80', '\xff']
  for (const bytes of bad) {
    const { pieces } = splitText(`A\n${bytes}\nB\r\n`)
    assert.deepEqual(pieces, ['A', { fault: 'invalidUtf8' }, 'B'])
  }
})

test('SPLIT - the longest line has lineBytes with its line end, one more is a fault told once', () => {
  const longest = 'x'.repeat(LIMITS.lineBytes - 2)
  assert.deepEqual(splitText(`${longest}\r\nA\n`).pieces, [longest, 'A'])
  const tooLong = { fault: 'lineTooLong' }
  assert.deepEqual(splitText(`${longest}y\r\nA\n`).pieces, [tooLong, 'A'])
  assert.deepEqual(splitText(`${longest}yz`).pieces, [tooLong])
  assert.deepEqual(splitText(`${longest}${longest}\nA\n`).pieces, [tooLong, 'A'])
})

test('SPLIT - a long line longer than a block comes out whole', () => {
  const line = 'y'.repeat(8000)
  assert.deepEqual(splitText(`A\n${line}\nB\n`, REAL).pieces, ['A', line, 'B'])
})

test('SPLIT - more than unparsedBytes without a line end is the end of the connection', () => {
  const most = 'x'.repeat(LIMITS.unparsedBytes)
  assert.equal(splitText(`${most}\n`).state, 'open')
  const { pieces, state, held } = splitText(`${most}x\nA\n`)
  assert.equal(state, 'unparsedInputExceeded')
  assert.deepEqual(pieces, [{ fault: 'lineTooLong' }])
  assert.equal(held, 0)
})

test('SPLIT - any cut of the input gives what the rules say', () => {
  fc.assert(
    fc.property(input, sizes, (bytes, cuts) => {
      const { pieces, state } = expected(bytes)
      for (const chunks of [[bytes], cut(bytes, [1]), cut(bytes, cuts)]) {
        const result = split(chunks)
        assert.deepEqual(result.pieces, pieces)
        assert.equal(result.state, state)
      }
    }),
    { numRuns: 400 },
  )
})

test('SPLIT - no line ever holds NUL, CR, LF or a lone surrogate, and none is empty', () => {
  fc.assert(
    fc.property(input, sizes, (bytes, cuts) => {
      for (const piece of split(cut(bytes, cuts)).pieces) {
        if (typeof piece !== 'string') continue
        assert.ok(piece.length > 0 && piece.isWellFormed())
        assert.ok(!piece.includes('\0') && !piece.includes('\r') && !piece.includes('\n'))
      }
    }),
  )
})

test('SPLIT - a sink that takes only a few pieces at a time gets the same, in the same order', () => {
  fc.assert(
    fc.property(input, sizes, fc.integer({ min: 1, max: 4 }), (bytes, cuts, most) => {
      let budget = most
      const sink = new Recorder(() => budget-- > 0)
      const splitter = new LineSplitter(LIMITS)
      let state = 'open'
      for (const [i, chunk] of cut(bytes, cuts).entries()) {
        const borrowed = Buffer.from(chunk)
        state = splitter.push(borrowed, sink)
        borrowed.fill(0x0a)
        if (i % 3 === 0) continue
        budget = most
        state = splitter.resume(sink)
      }
      while (state === 'stopped') {
        budget = most
        state = splitter.resume(sink)
      }
      assert.deepEqual({ pieces: sink.pieces, state }, expected(bytes))
    }),
    { numRuns: 400 },
  )
})

test('SPLIT - a sink that takes no more gets nothing until it is resumed', () => {
  let budget = 1
  const sink = new Recorder(() => budget-- > 0)
  const splitter = new LineSplitter(LIMITS)
  assert.equal(splitter.push(Buffer.from('A\nB\nC'), sink), 'stopped')
  budget = 1
  assert.equal(splitter.push(Buffer.from('D\n'), sink), 'stopped')
  assert.deepEqual(sink.pieces, ['A'])
  assert.equal(splitter.resume(sink), 'stopped')
  assert.deepEqual(sink.pieces, ['A', 'B'])
  budget = 1
  assert.equal(splitter.resume(sink), 'open')
  assert.deepEqual(sink.pieces, ['A', 'B', 'CD'])
  assert.equal(splitter.heldBytes, 0)
})

test('SPLIT - a sink that ends the splitter from within hears nothing more', () => {
  const splitter = new LineSplitter(LIMITS)
  const sink = new Recorder(() => {
    splitter.end()
    return sink.pieces.length === 0
  })
  assert.equal(splitter.push(Buffer.from('A\nB\n\xff\nC'), sink), 'ended')
  assert.equal(splitter.push(Buffer.from('D\n'), sink), 'ended')
  assert.equal(splitter.resume(sink), 'ended')
  assert.deepEqual(sink.pieces, ['A'])
  assert.equal(splitter.heldBytes, 0)
})

test('SPLIT - the sizes add up to every byte up to the last line end', () => {
  fc.assert(
    fc.property(input, sizes, (bytes, cuts) => {
      const whole = bytes.subarray(0, bytes.lastIndexOf(10) + 1)
      const result = split(cut(whole, cuts))
      if (result.state === 'open') assert.equal(result.bytes, whole.length)
    }),
  )
})

test('SPLIT - an unfinished line is held up to lineBytes, and nothing when there is none', () => {
  const splitter = new LineSplitter(REAL)
  const sink = new Recorder()
  const x = Buffer.from('x')
  for (let i = 0; i < REAL.unparsedBytes; i++) {
    assert.equal(splitter.push(x, sink), 'open')
    assert.ok(splitter.heldBytes < REAL.lineBytes)
  }
  assert.equal(splitter.push(x, sink), 'unparsedInputExceeded')
  assert.equal(splitter.heldBytes, 0)
  assert.equal(split([Buffer.from('A'), Buffer.from('B\n')]).held, 0)
})

test('SPLIT - a decoded block stays small, whatever the chunk: a kept line keeps no more alive', () => {
  const sink = new Recorder()
  new LineSplitter(REAL).push(Buffer.from('PRIVMSG #a :hello\r\n'.repeat(3000)), sink)
  assert.equal(sink.pieces.length, 3000)
  assert.ok(sink.longestText <= 4096)
})
