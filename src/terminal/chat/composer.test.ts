import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lettersOf, textWidth } from '../fit-text.ts'
import { decodeKeys } from '../key-decoder.ts'
import { edited, emptied, EMPTY_COMPOSER, inserted, movedLine, recalled } from './composer.ts'
import type { Composer } from './composer.ts'
import { composerRows } from './composer-rows.ts'

function typed(keys: string, from: Composer = EMPTY_COMPOSER): Composer {
  return decodeKeys(keys, 'rich').keys.reduce(
    (composer, key) => edited(composer, key) ?? composer,
    from,
  )
}

test('COMPOSER - letters go where the cursor is, and go as a whole', () => {
  assert.deepEqual(typed('한글\x1b[D국').text, '한국글')
  assert.equal(typed('a👩‍👩‍👧b\x7f\x7f').text, 'a')
  assert.equal(typed('one two  \x17').text, 'one ')
  assert.equal(typed('one\ntwo\x15').text, 'one\n')
  assert.equal(typed('ab\x01\x1b[3~').text, 'b')
  assert.equal(typed('one two\x1b[1;5D\x1b[1;5Dx').text, 'xone two')
})

test('COMPOSER - what was sent comes back, what is being written is kept, passwords are not', () => {
  const sent = emptied(typed('/login me secret', emptied(typed('first'))))
  assert.deepEqual(sent.history, ['first'])
  const back = recalled(typed('half', sent), -1)
  assert.equal(back.text, 'first')
  assert.equal(recalled(back, -1).text, 'first')
  assert.equal(recalled(back, 1).text, 'half')
})

test('COMPOSER - up and down stay in the column', () => {
  const composer = typed('가나다\nab\nabcd\x1b[D')
  const up = movedLine(composer, -1)
  assert.equal(up?.cursor, 6)
  assert.equal(movedLine(up ?? composer, -1)?.cursor, 2)
  assert.equal(movedLine(composer, 1), undefined)
})

test('COMPOSER - whatever is written and wherever the cursor is, it is on the screen, in its row', () => {
  const letter = fc.constantFrom('a', '가', ' ', '\n', '👍', 'e\u0301', '\u202e', 'ㄱ', '\t')
  const key = fc.constantFrom('\x1b[D', '\x1b[C', '\x7f', '\x01', '\x05', '\x17')
  fc.assert(
    fc.property(
      fc.array(fc.oneof(letter, letter, key)),
      fc.integer({ min: 24, max: 60 }),
      (keys, width) => {
        const composer = keys.reduce(
          (after, one) =>
            lettersOf(one)[0] === one && one >= ' ' && one !== '\x7f'
              ? inserted(after, one)
              : typed(one, after),
          EMPTY_COMPOSER,
        )
        assert.ok(composer.cursor >= 0 && composer.cursor <= composer.text.length)
        const rows = composerRows(composer, { prompt: 'me › ', width, most: 4 })
        assert.ok(rows.lines.length >= 1 && rows.lines.length <= 4)
        assert.ok(rows.y >= 0 && rows.y < rows.lines.length, JSON.stringify(rows))
        assert.ok(rows.x >= 5 && rows.x < width + 1)
        for (const line of rows.lines) {
          assert.ok(textWidth(line.map(({ text }) => text).join('')) <= width)
        }
      },
    ),
  )
})
