import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CHANNEL_MODE_TEXTS, USER_MODE_TEXTS } from './mode-texts.ts'
import { parseModeLine } from './mode-line.ts'
import {
  CHANNEL_MODES,
  chanmodes,
  FOUNDER,
  formatModeChanges,
  prefixesOf,
  prefixOf,
  prefixToken,
  RANK,
  rankOfPrefix,
  RANKS,
  USER_MODES,
  type ModeChange,
} from './modes.ts'

test('MODE - CHANMODES and PREFIX name every mode once', () => {
  assert.equal(chanmodes(), 'beI,k,fl,CMRimnst')
  assert.equal(prefixToken(), '(qaohv)~&@%+')
  const letters = [
    ...Array.from(chanmodes().replaceAll(',', '')),
    ...RANKS.map(({ mode }) => mode),
  ].sort()
  assert.deepEqual(letters, [...CHANNEL_MODES.keys()].sort())
  assert.equal(new Set(letters).size, letters.length)
})

test('MODE - every mode is explained', () => {
  assert.deepEqual(Object.keys(CHANNEL_MODE_TEXTS).sort(), [...CHANNEL_MODES.keys()].sort())
  assert.deepEqual(Object.keys(USER_MODE_TEXTS).sort(), [...USER_MODES].sort())
})

test('MODE - ranks are bits, in the order of PREFIX', () => {
  const bits = RANKS.map(({ mode }) => RANK[mode])
  assert.deepEqual(bits, [16, 8, 4, 2, 1])
  for (const row of CHANNEL_MODES.values()) assert.ok(bits.includes(row.least), row.mode)
})

test('MODE - prefixes come highest first, and the highest is the first of all', () => {
  assert.equal(prefixesOf(FOUNDER | RANK.o | RANK.v), '~@+')
  for (let ranks = 0; ranks < 32; ranks++) {
    const all = prefixesOf(ranks)
    assert.equal(prefixOf(ranks), all.slice(0, 1))
    const sum = Array.from(all).reduce((bits, prefix) => bits | (rankOfPrefix(prefix) ?? 0), 0)
    assert.equal(sum, ranks)
  }
})

test('MODE - what is no prefix asks for no rank', () => {
  for (const text of ['', '#', '!', '@@', 'o']) assert.equal(rankOfPrefix(text), undefined)
})

test('MODE - a sign stands where it changes, arguments stand in their order', () => {
  assert.deepEqual(
    formatModeChanges([
      { sign: '+', mode: 'o', argument: 'a' },
      { sign: '+', mode: 'm' },
      { sign: '-', mode: 'v', argument: 'b' },
      { sign: '+', mode: 'l', argument: '5' },
    ]),
    ['+om-v+l', 'a', 'b', '5'],
  )
  assert.deepEqual(formatModeChanges([]), [''])
})

test('MODE - what is announced is read as what was changed', () => {
  const change = fc
    .tuple(fc.constantFrom(...CHANNEL_MODES.values()), fc.constantFrom('+', '-'), fc.nat(99))
    .map(([{ mode, kind }, sign, i]): ModeChange => {
      const isBare = kind === 'flag' || (kind === 'argumentWhenSet' && sign === '-')
      return isBare ? { sign, mode } : { sign, mode, argument: `x${i}` }
    })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const [letters = '', ...args] = formatModeChanges(changes)
      const read = parseModeLine(letters, args).map((request) => {
        if (request.kind !== 'change') return request
        const { sign, row, argument } = request
        return { sign, mode: row.mode, ...(argument === undefined ? {} : { argument }) }
      })
      assert.deepEqual(read, changes)
    }),
  )
})
