import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { utf8Length } from '../protocol/utf8.ts'
import { hasWord } from './mention.ts'
import { linesToSay, messagesOf } from './message-lines.ts'
import type { Pending } from './queue.ts'

const pending: Omit<Pending, 'text'> = {
  conversation: '#a',
  target: '#a',
  item: 'i',
  clientMsgid: 'x',
  form: 'message',
  madeAtMs: 0,
  tries: 0,
}

const texts = fc
  .array(
    fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.constantFrom('\n', '\n\n', ' ')),
  )
  .map((parts) => parts.join('').replaceAll(/[\r\0]/g, ''))

test('CLIENT - a text in pieces is the text: every message fits, and none is blank', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const limits = { multilineBytes: 500, multilineLines: 6 }
      const messages = messagesOf(text, { room: 120, limits, form: 'message' })
      for (const message of messages) {
        assert.ok(utf8Length(message) <= limits.multilineBytes)
        const lines = linesToSay({ ...pending, text: message }, { room: 120, batch: 'b', tags: [] })
        assert.ok(lines !== undefined)
        const said = lines.filter(({ command }) => command === 'PRIVMSG')
        assert.ok(said.length <= limits.multilineLines, `${said.length} lines`)
        assert.ok(said.every(({ params = [] }) => utf8Length(params[1] ?? '') <= 120))
        assert.ok(said.some(({ params = [] }) => params[1] !== ''))
        const joined = said.reduce((whole, { params = [], tags = [] }, i) => {
          const isConcat = tags.some(([key]) => key === 'draft/multiline-concat')
          return whole + (i === 0 || isConcat ? '' : '\n') + (params[1] ?? '')
        }, '')
        assert.equal(joined, message)
      }
      const bare = (one: string) => one.replaceAll('\n', '')
      assert.equal(bare(messages.join('')), bare(text))
    }),
  )
})

test('CLIENT - where messages have one line, each line is one', () => {
  const limits = { multilineBytes: 0, multilineLines: 0 }
  assert.deepEqual(messagesOf('a\n\nb', { room: 100, limits, form: 'message' }), ['a', 'b'])
  assert.equal(
    linesToSay({ ...pending, text: 'a\nb' }, { room: 100, batch: undefined, tags: [] }),
    undefined,
  )
})

test('CLIENT - a name is meant where it stands alone, or before a Korean particle', () => {
  assert.ok(hasWord('hey mina!', 'mina'))
  assert.ok(hasWord('미나야 안녕', '미나'))
  assert.ok(!hasWord('luminary', 'mina'))
  assert.ok(!hasWord('minas', 'mina'))
  assert.ok(!hasWord('anything', ''))
})
