import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { test } from 'node:test'
import { commandAt, numericAt, startsAt, textAt } from './line-head.ts'
import { LEAST_TEXT_BYTES, messageText, readStamp } from './message-text.ts'

const bytesOf = (line: string) => Buffer.from(line, 'latin1')

test('LOAD - the command is found behind tags and a source', () => {
  for (const head of ['', ':irc.test ', '@time=x;account=:y ', '@a=b :c!d@e ', '@a=b  :c  ']) {
    const line = bytesOf(`${head}PRIVMSG #r0 :hello`)
    const command = commandAt(line, 0, line.length)
    assert.equal(line.toString('latin1', command), 'PRIVMSG #r0 :hello')
    assert.ok(startsAt(line, command, 'PRIVMSG '))
    assert.equal(line.toString('latin1', textAt(line, command, line.length)), 'hello')
  }
})

test('LOAD - a numeric is three digits, and a word is none', () => {
  assert.equal(numericAt(bytesOf('366 u0 #r0 :End'), 0, 15), 366)
  assert.equal(numericAt(bytesOf('PRIVMSG'), 0, 7), 0)
  assert.equal(numericAt(bytesOf('36'), 0, 2), 0)
})

test('LOAD - a line without a text has its text at its end', () => {
  const line = bytesOf('JOIN #r0')
  assert.equal(textAt(line, 0, line.length), line.length)
})

test('LOAD - the text of a message has the length that is asked for, and says who sent it and when', () => {
  for (const textBytes of [LEAST_TEXT_BYTES, 64, 400]) {
    const text = messageText({ sender: 46_655, sentUs: 3_600_000_000 }, 'x'.repeat(512), textBytes)
    assert.equal(text.length, textBytes)
    const stamp = { sender: 0, sentUs: 0 }
    assert.ok(readStamp(bytesOf(text), { from: 0, end: textBytes }, stamp))
    assert.deepEqual(stamp, { sender: 46_655, sentUs: 3_600_000_000 })
  }
})

test('LOAD - a text that people wrote is no stamp', () => {
  for (const text of ['', 'hello', 'hello there', '.5 x', '1. x', '1.2', '1.2.3 x', 'A.b x']) {
    const bytes = bytesOf(text)
    const range = { from: 0, end: bytes.length }
    assert.equal(readStamp(bytes, range, { sender: 0, sentUs: 0 }), false, text)
  }
})
