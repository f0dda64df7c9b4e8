import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fitLine } from './fit-line.ts'
import { formatMessage } from './message.ts'
import { utf8Length } from './utf8.ts'

const text = fc.string({ unit: fc.constantFrom('a', ' ', '가', '😀'), maxLength: 600 })

test('fitLine - every line fits, is whole when it can be, and shows when it is not', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 200 }), (last, length) => {
      const nick = 'n'.repeat(length)
      const params = fitLine('irc.test', '332', [nick, '#art', last])
      const bytes = utf8Length(formatMessage('irc.test', '332', params)) + 2
      const whole = utf8Length(`:irc.test 332 ${nick} #art :${last}\r\n`)
      assert.ok(bytes <= 512, String(bytes))
      if (whole <= 512) assert.equal(params.at(-1), last)
      else assert.ok(params.at(-1)?.endsWith('…') && bytes > 512 - 2 * 4)
      assert.deepEqual(params.slice(0, -1), [nick, '#art'])
    }),
  )
})

test('fitLine - a line whose other parameters are too long stays as it is', () => {
  const params = ['n'.repeat(600), 'text']
  assert.equal(fitLine('irc.test', '332', params), params)
})
