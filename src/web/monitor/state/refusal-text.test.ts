import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { refusalText } from './refusal-text.ts'

/** What the server says, and the part of it that stands in its source. */
const SAID: readonly (readonly [text: string, source: string])[] = [
  ['There is no such connection.', 'There is no such connection'],
  ['There is no such room', 'There is no such room'],
  ['There is no such ban', 'There is no such ban'],
  ['There is nobody of this nick', 'There is nobody of this nick'],
  ['민지 is not in #마루', ' is not in '],
  ['This connection has no user yet', 'This connection has no user yet'],
  ['The text is empty', 'The text is empty'],
  ['The text is longer than 2000 bytes', 'The text is longer than '],
  ['The reason is longer than 200 bytes', 'The reason is longer than '],
  ['The reason is too long', 'The reason is too long'],
  ['A line break or a NUL can be no part of a line', 'A line break or a NUL can be no part of'],
  [
    'That is no mask for this ban, or it would keep everybody out',
    'That is no mask for this ban, or it would keep everybody out',
  ],
  ['A ban lasts some milliseconds, at most a hundred years', 'A ban lasts some milliseconds'],
  ['This would disconnect 9 of 12 users', 'This would '],
  ['This mask fits very many', 'This mask fits very many'],
  [
    'too many passwords are being checked at once; try again in a moment',
    'too many passwords are being checked',
  ],
  ['Too many tries: wait a while.', 'Too many tries'],
  ['The old password is wrong.', 'The old password is wrong.'],
  ['there is an operator mina already', 'there is an operator '],
  ['there is no operator mina', 'there is no operator '],
  ['there is no token 7', 'there is no token '],
  ['there is no session 7', 'there is no session '],
  ['There is no such session of yours.', 'There is no such session'],
  ['mina is the last admin and has to stay', ' is the last admin and has to stay'],
  ['the name is empty', 'the name is empty'],
  ['the name has 40 characters, and may have 32', ' characters, and may have '],
  ['the name is not in NFC', 'the name is not in NFC'],
  ['the name has spaces or characters that nobody sees', 'the name has spaces or characters'],
  ['the name maru is taken by the server itself', ' is taken by the server itself'],
  ['the password must have at least 10 characters', 'the password must have at least '],
  ['the password may have at most 1024 bytes', 'the password may have at most '],
  ['the password must not be the name', 'the password must not be the name'],
]

test('REFUSAL TEXT - what the server says has a text of the catalogue, and the server still says it', () => {
  const source = globSync('{monitor,server,commands}/**/*.ts', {
    cwd: join(import.meta.dirname, '../../..'),
    exclude: ['**/*.test.ts'],
  })
    .map((file) => readFileSync(join(import.meta.dirname, '../../..', file), 'utf8'))
    .join('\n')
  for (const [text, part] of SAID) {
    assert.ok(text.includes(part) && source.includes(part), text)
    assert.notEqual(refusalText({ code: 'not possible', text }), undefined, text)
  }
})

test('REFUSAL TEXT - what it is about is kept', () => {
  assert.deepEqual(refusalText({ code: 'not possible', text: 'This would mute 9 of 12 users' }), {
    key: 'noCrowd',
    values: { hit: '9', all: '12' },
  })
})

test('REFUSAL TEXT - a code that stands for one thing decides, whatever the text says', () => {
  const text = 'That is for the role admin; yours is watch.'
  assert.deepEqual(refusalText({ code: 'forbidden', text }), { key: 'noForbidden' })
})

test('REFUSAL TEXT - of what it does not know it says nothing', () => {
  for (const text of ['line 3: expected a list', '', 'there is no operator a b']) {
    assert.equal(refusalText({ code: 'not possible', text }), undefined)
  }
  assert.equal(refusalText({ code: 'constructor', text: '' }), undefined)
})
