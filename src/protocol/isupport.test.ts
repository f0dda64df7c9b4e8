import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isupportTokens } from './isupport.ts'
import { DEFAULT_LIMITS, MESSAGE_BYTES } from './limits.ts'
import { formatMessage } from './message.ts'
import { isupport } from './replies.ts'
import { packWords } from './text-lines.ts'
import { utf8Length } from './utf8.ts'

const facts = {
  networkName: 'Test',
  limits: DEFAULT_LIMITS,
  clientTagDeny: [],
  history: 'strict',
} as const
const rich = { ...facts, icon: 'https://irc.test/icon.png?a=1', clientTagDeny: ['*', '-typing'] }
const nameOf = (token: string) => token.split('=')[0] ?? ''

test('ISUPPORT - tokens are well-formed: a name in upper case, and a value without spaces', () => {
  for (const token of isupportTokens(rich)) {
    assert.match(token, /^(?:(?:draft|maru\.chat|soju\.im)\/)?[A-Z0-9]{1,20}(?:=[!-~]*)?$/)
  }
})

test('ISUPPORT - each name comes once, in order', () => {
  const names = isupportTokens(rich).map((token) => nameOf(token))
  assert.equal(new Set(names).size, names.length)
  const bare = names.map((name) => name.replace('draft/', ''))
  assert.deepEqual(bare, [...bare].sort())
})

test('ISUPPORT - an icon and denied tags are said only when there are any', () => {
  const names = (all: typeof facts) => isupportTokens(all).map((token) => nameOf(token))
  assert.ok(!names(facts).some((name) => name === 'draft/ICON' || name === 'CLIENTTAGDENY'))
  assert.ok(isupportTokens(rich).includes('CLIENTTAGDENY=*,-typing'))
  assert.ok(isupportTokens(rich).includes('draft/ICON=https://irc.test/icon.png?a\\x3D1'))
})

test('ISUPPORT - "\\x20, \\x5C and \\x3D" stand for what a value can not hold', () => {
  const token = (networkName: string) =>
    isupportTokens({ ...facts, networkName }).find((each) => nameOf(each) === 'NETWORK')
  assert.equal(token('A \\ = B'), 'NETWORK=A\\x20\\x5C\\x20\\x3D\\x20B')
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'binary-ascii' }), (name) => {
      const [, value = ''] = /^NETWORK=(.*)$/s.exec(token(name) ?? '') ?? []
      assert.doesNotMatch(value, /[ =]/)
      const read = value.replaceAll(/\\x([0-9A-F]{2})/g, (_, hex: string) =>
        String.fromCodePoint(Number.parseInt(hex, 16)),
      )
      assert.equal(read, name)
    }),
  )
})

test('ISUPPORT - what it says is what the limits are', () => {
  const chat = { ...DEFAULT_LIMITS.chat, nickLength: 9, targetsPerMessage: 2, modesPerCommand: 3 }
  const tokens = isupportTokens({ ...facts, limits: { ...DEFAULT_LIMITS, chat } })
  for (const token of ['NICKLEN=9', 'MAXTARGETS=2', 'MODES=3']) assert.ok(tokens.includes(token))
  assert.ok(tokens.some((token) => /^TARGMAX=.*\bPRIVMSG:2\b/.test(token)))
})

test('ISUPPORT - thirteen tokens to a line, and every line fits', () => {
  const tokens = isupportTokens({ ...rich, networkName: 'N'.repeat(100) })
  const nick = '가'.repeat(21)
  const server = `${'s'.repeat(59)}.org`
  const frame = utf8Length(formatMessage(server, '005', [nick, 'are supported by this server'])) + 3
  const lines = packWords(tokens, MESSAGE_BYTES - frame, 13)
  assert.deepEqual(
    lines.flatMap((line) => line.split(' ')),
    tokens,
  )
  for (const line of lines) {
    const { code, params } = isupport(line.split(' '))
    assert.ok(params.length <= 14)
    assert.ok(utf8Length(formatMessage(server, code, [nick, ...params])) + 2 <= MESSAGE_BYTES)
  }
})
