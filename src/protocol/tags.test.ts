import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseMessage } from './message.ts'
import { escapeTagValue, formatTags, isClientOnlyTag, parseTags, unescapeTagValue } from './tags.ts'

const piece = fc.oneof(
  fc.constantFrom(';', ' ', '\\', '\r', '\n', ':', 's', 'r', 'n', '=', '@', '한', '😀', '\ud83d'),
  fc.string({ maxLength: 4 }),
)
const value = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))
const key = fc.constantFrom(
  'a',
  '+b',
  'vendor.test/c',
  '__proto__',
  'constructor',
  'label',
  '+toString',
)

test('message-tags - every value comes back from its escaped form', () => {
  fc.assert(
    fc.property(value, (text) => {
      assert.equal(unescapeTagValue(escapeTagValue(text)), text)
      assert.doesNotMatch(escapeTagValue(text), /[; \r\n]/)
    }),
    { numRuns: 2000 },
  )
})

test('message-tags - "\\: ; \\s space \\\\ backslash \\r CR \\n LF"', () => {
  assert.equal(escapeTagValue('; \\\r\n'), '\\:\\s\\\\\\r\\n')
  assert.equal(unescapeTagValue('\\:\\s\\\\\\r\\n'), '; \\\r\n')
})

test('message-tags - "If a lone \\ exists at the end of an escaped value […] then there SHOULD be no output character"', () => {
  assert.equal(unescapeTagValue('test\\'), 'test')
  assert.equal(unescapeTagValue('\\'), '')
  assert.equal(unescapeTagValue('a\\\\'), 'a\\')
})

test('message-tags - "If a \\ exists with no valid escape character […] then the invalid backslash SHOULD be dropped"', () => {
  assert.equal(unescapeTagValue('\\b'), 'b')
  assert.equal(unescapeTagValue('\\😀'), '😀')
  assert.equal(unescapeTagValue('\\constructor'), 'constructor')
})

test('message-tags - tags survive a line, in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, value), { minLength: 1, maxLength: 6 }), (entries) => {
      const tags = new Map(entries)
      const message = parseMessage(`@${formatTags(tags)} PING x`)
      assert.deepEqual([...(message?.tags ?? [])], [...tags])
    }),
    { numRuns: 1000 },
  )
})

test('message-tags - "If a tag key is duplicated, the last value MUST be used"', () => {
  assert.deepEqual(
    [...parseTags('a=1;b=2;a=3')],
    [
      ['a', '3'],
      ['b', '2'],
    ],
  )
})

test('message-tags - a tag without a value and one with an empty value are the same', () => {
  assert.deepEqual(
    parseTags('a;b='),
    new Map([
      ['a', ''],
      ['b', ''],
    ]),
  )
  assert.equal(
    formatTags([
      ['a', ''],
      ['b', '1'],
    ]),
    'a;b=1',
  )
})

test('message-tags - empty tags and tags without a key are left out', () => {
  assert.deepEqual([...parseTags(';;=x;a;')], [['a', '']])
  assert.equal(parseTags('').size, 0)
})

test('message-tags - a value may hold =', () => {
  assert.equal(parseTags('a=b=c').get('a'), 'b=c')
})

test('message-tags - a key that every object has is a key like any other', () => {
  const tags = parseTags('__proto__=1;constructor=2')
  assert.deepEqual(
    [...tags],
    [
      ['__proto__', '1'],
      ['constructor', '2'],
    ],
  )
  assert.equal(tags.get('toString'), undefined)
})

test('message-tags - client-only tags begin with + and hold letters, digits and hyphens', () => {
  for (const good of ['+a', '+A-1', '+draft/reply', '+example.com/x', '+typing']) {
    assert.ok(isClientOnlyTag(good), good)
  }
  for (const bad of [
    '',
    '+',
    'a',
    'time',
    '++a',
    '+a/',
    '+/a',
    '+a/b/c',
    '+a b',
    '+a=b',
    '+한',
    '+a\n',
    '+a_b',
  ]) {
    assert.ok(!isClientOnlyTag(bad), JSON.stringify(bad))
  }
})
