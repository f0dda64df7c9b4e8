import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BINARY, frameLines, TEXT } from './frame-lines.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')

/** Reads frames back as RFC 6455 section 5.2 draws them. */
function readFrames(frames: Uint8Array) {
  const buffer = Buffer.from(frames)
  const messages: { first: number; content: string }[] = []
  let at = 0
  while (at < buffer.length) {
    const first = buffer.readUInt8(at)
    const short = buffer.readUInt8(at + 1)
    assert.ok(short < 0x80, 'a server does not mask')
    let length = short
    at += 2
    if (short === 126) {
      length = buffer.readUInt16BE(at)
      at += 2
    } else if (short === 127) {
      length = Number(buffer.readBigUInt64BE(at))
      at += 8
    }
    if (short === 126) assert.ok(length >= 126, 'the least number of bytes')
    if (short === 127) assert.ok(length > 0xffff, 'the least number of bytes')
    messages.push({ first, content: buffer.toString('utf8', at, at + length) })
    at += length
  }
  assert.equal(at, buffer.length)
  return messages
}

test('WEBSOCKET - "each message MUST consist of a single IRC line" without its line end', () => {
  const frames = frameLines(bytes('PING a\r\n가\nB\r\n'), TEXT)
  assert.equal(
    Buffer.from(frames).toString('latin1'),
    '\x81\x06PING a\x81\x03\xea\xb0\x80\x81\x01B',
  )
  assert.equal(frameLines(bytes('A\r\n'), BINARY)[0], 0x82)
  assert.equal(frameLines(bytes(''), TEXT).length, 0)
})

test('WEBSOCKET - frames hold the lines that went in, whatever their lengths', () => {
  const line = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', '가', '\r', ' '), maxLength: 200 }),
    fc.constantFrom(125, 126, 127, 65_535, 65_536, 70_000).map((length) => 'x'.repeat(length)),
  )
  const lines = fc.array(fc.tuple(line, fc.constantFrom('\r\n', '\n')), { maxLength: 6 })
  fc.assert(
    fc.property(lines, fc.constantFrom(TEXT, BINARY), (pairs, opcode) => {
      const all = pairs.map(([text, end]) => (text.endsWith('\r') ? text + 'z' : text) + end)
      const contents = all.map((whole) => whole.replace(/\r?\n$/, ''))
      assert.deepEqual(
        readFrames(frameLines(bytes(all.join('')), opcode)),
        contents.map((content) => ({ first: 0x80 | opcode, content })),
      )
    }),
  )
})
