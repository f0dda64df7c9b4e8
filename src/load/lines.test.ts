import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Count, countLines, splitLines, type Tail } from './lines.ts'

const text = fc.string({ unit: fc.constantFrom('a', ':', '@', ' ', 'P') })

/** Cuts the stream at the given places. */
function chunksOf(stream: string, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (stream.length + 1)), stream.length]
  places.sort((a, b) => a - b)
  return places.slice(1).map((end, i) => Buffer.from(stream.slice(places[i], end)))
}

test('LOAD - lines from sources are counted however the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(text), fc.array(fc.nat()), (texts, cuts) => {
      const stream = texts.map((line) => `:${line}\r\n`).join('')
      const count: Count = { lines: 0, readFrom: -1, atLineStart: true }
      for (const chunk of chunksOf(stream, cuts)) {
        countLines(chunk, chunk.length, count)
        assert.equal(count.readFrom, -1)
      }
      assert.equal(count.lines, texts.length)
    }),
  )
})

test('LOAD - counting stops at the first line without a source or tags', () => {
  const count: Count = { lines: 0, readFrom: -1, atLineStart: true }
  const bytes = Buffer.from(':a b\r\n@c :d e\r\nPING :x\r\n:f g\r\n')
  countLines(bytes, bytes.length, count)
  assert.equal(count.lines, 2)
  assert.equal(bytes.toString('latin1', count.readFrom), 'PING :x\r\n:f g\r\n')
})

test('LOAD - a PING that begins a read is found, and what goes on with a line is not', () => {
  const count: Count = { lines: 0, readFrom: -1, atLineStart: true }
  countLines(Buffer.from(':a PRIVMSG b :c'), 15, count)
  countLines(Buffer.from('PING me\r\n'), 9, count)
  assert.deepEqual({ ...count }, { lines: 1, readFrom: -1, atLineStart: true })
  countLines(Buffer.from('PING me\r\n'), 9, count)
  assert.equal(count.readFrom, 0)
})

test('LOAD - bytes after the end are left over from an earlier read, and are not counted', () => {
  const count: Count = { lines: 0, readFrom: -1, atLineStart: true }
  countLines(Buffer.from(':a\n:b\n'), 4, count)
  assert.deepEqual({ ...count }, { lines: 1, readFrom: -1, atLineStart: false })
})

test('LOAD - splitting gives the lines that went in, however the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(text), fc.array(fc.nat()), (texts, cuts) => {
      const stream = texts.map((line) => `${line}\r\n`).join('')
      const tail: Tail = { held: undefined }
      const found: string[] = []
      for (const chunk of chunksOf(stream, cuts)) {
        splitLines(chunk, { from: 0, end: chunk.length }, tail, (bytes, start, end) => {
          found.push(bytes.toString('latin1', start, end))
        })
        chunk.fill('!') // the memory is read into again
      }
      assert.deepEqual(found, texts)
    }),
  )
})

test('LOAD - a peer that never ends its line is noticed', () => {
  const tail: Tail = { held: undefined }
  const part = Buffer.alloc(40_000, 'a')
  const feed = () => splitLines(part, { from: 0, end: part.length }, tail, () => assert.fail())
  assert.equal(feed(), true)
  assert.equal(feed(), false)
})
