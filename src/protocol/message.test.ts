import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatMessage, parseMessage } from './message.ts'

/** What a line may consist of and what trips those who read it. */
const piece = fc.oneof(
  fc.constantFrom('', ' ', ':', '@', '*', ';', '=', '\\', ',', '#', '\u0001', '\u202e', '한', '😀'),
  fc.constantFrom('\0', '\r', '\n', '\ud800', '\u2028', '\t'),
  fc.string({ maxLength: 5 }),
)
const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))
const command = fc.constantFrom('PRIVMSG', 'TOPIC', 'MODE', 'JOIN', '001', '332', '353', 'BATCH')
const source = fc.constantFrom(undefined, '', 'irc.test', 'alice!~a@host', '민지!~m@host', '*')
const BREAK = /[\0\r\n]/

test('MESSAGE - tags, source, command and parameters are what stands between the spaces', () => {
  assert.deepEqual(parseMessage('@a=1;b :dan!d@host PRIVMSG #art  :hi  there '), {
    tags: new Map([
      ['a', '1'],
      ['b', ''],
    ]),
    source: 'dan!d@host',
    command: 'PRIVMSG',
    params: ['#art', 'hi  there '],
  })
})

test('MESSAGE - "a list of parameters, separated by one or more spaces", and none at the end', () => {
  assert.deepEqual(parseMessage('  join   #a   key  ')?.params, ['#a', 'key'])
  assert.deepEqual(parseMessage('USER a 0 * :')?.params, ['a', '0', '*', ''])
  assert.deepEqual(parseMessage('PRIVMSG a ::)')?.params, ['a', ':)'])
  assert.deepEqual(parseMessage('PRIVMSG a b:c')?.params, ['a', 'b:c'])
  assert.deepEqual(parseMessage('QUIT')?.params, [])
})

test('MESSAGE - a line without a command is none', () => {
  for (const line of ['', ' ', ':', ':a', ':a ', '@a', '@a=b ', '@a :b', '@ : ']) {
    assert.equal(parseMessage(line), undefined, JSON.stringify(line))
  }
})

test('MESSAGE - commands are upper case, whatever was sent', () => {
  assert.equal(parseMessage('pRiVmSg a b')?.command, 'PRIVMSG')
})

test('MESSAGE - whatever comes in is read without an exception', () => {
  fc.assert(
    fc.property(text, (line) => {
      const message = parseMessage(line)
      if (message === undefined) return
      assert.ok(message.command !== '' && !message.command.includes(' '))
      for (const param of message.params.slice(0, -1)) {
        assert.ok(param !== '' && !param.startsWith(':') && !param.includes(' '))
      }
    }),
    { numRuns: 2000 },
  )
})

test('MESSAGE - nothing that goes in comes out as two lines, or as more parameters', () => {
  fc.assert(
    fc.property(source, command, fc.array(text, { maxLength: 5 }), (from, name, params) => {
      const last = params.length - 1
      const readable = params.map((param, i) => (i < last && !isMiddle(param) ? '*' : param))
      if (readable.some((param) => BREAK.test(param))) {
        assert.throws(() => formatMessage(from, name, params), /a line break inside of/)
        return
      }
      const line = formatMessage(from, name, params)
      assert.doesNotMatch(line, BREAK)
      const parsed = { tags: undefined, source: from, command: name, params: readable }
      assert.deepEqual(parseMessage(line), parsed)
    }),
    { numRuns: 3000 },
  )
})

test('MESSAGE - a line break throws wherever it is: in the source and the command as well', () => {
  for (const bad of ['\0', '\r', '\n']) {
    assert.throws(() => formatMessage(`a${bad}b`, 'PING', []))
    assert.throws(() => formatMessage(undefined, `PING${bad}`, []))
    assert.throws(() => formatMessage(undefined, 'MODE', [`a${bad}`, 'b']))
    assert.throws(() => formatMessage(undefined, 'MODE', ['a', `${bad}b`]))
  }
})

test('MESSAGE - what people wrote always has its colon, other words only when they need it', () => {
  assert.equal(formatMessage('a', 'PRIVMSG', ['#art', 'hi']), ':a PRIVMSG #art :hi')
  assert.equal(formatMessage('a', 'TOPIC', ['#art', '']), ':a TOPIC #art :')
  assert.equal(formatMessage('a', 'MODE', ['#art', '+o', 'bob']), ':a MODE #art +o bob')
  assert.equal(formatMessage('a', 'MODE', ['#art', '+k', ':x']), ':a MODE #art +k ::x')
})

test('MESSAGE - a middle parameter that can not be one is shown as *', () => {
  const line = formatMessage('a', '324', ['', 'two words', ':colon', 'fine', 'the end'])
  assert.equal(line, ':a 324 * * * fine :the end')
})

function isMiddle(param: string): boolean {
  return param !== '' && !param.startsWith(':') && !param.includes(' ')
}
