import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { collides, skeletonKey } from './skeleton.ts'

function codePoints(first: number, last: number): string[] {
  const all = Array.from({ length: last - first + 1 }, (_, index) =>
    String.fromCodePoint(first + index),
  )
  return all.filter((character) => character.isWellFormed())
}

function assertDistinct(names: Iterable<string>): void {
  const seen = new Map<string, string>()
  for (const name of names) {
    const key = skeletonKey(name)
    assert.equal(seen.get(key), undefined, `${seen.get(key)} and ${name}`)
    seen.set(key, name)
  }
}

const alike = [
  ['ChɑnServ', 'chanserv'],
  ['СНАΝЅЕRV', 'ChanServ'],
  ['еvan', 'Evan'],
  ['РОТАТО', 'potato'],
  ['рοtаtо', 'potato'],
  ['uΙ', 'ul'],
  ['uΙ', 'ui'],
  ['bоb0', 'bobo'],
  ['mаry', 'mary'],
  ['ｓｍｔ', 'SMT'],
  ['𝔸𝕝𝕚𝕔𝕖', 'alice'],
  ['ᴀʟɪᴄᴇ', 'alice'],
  ['aㅣice', 'alice'],
  ['İlker', 'ilker'],
  ['ƒoo', 'foo'],
  ['Вася', 'вася'],
  ['ｶﾞﾝﾀﾞﾑ', 'ガンダム'],
  ['カ', '力'],
  ['スーパー', 'ス一パ一'],
  ['～', '〜'],
] as const

test('SKELETON - names that look alike collide, whatever their script and case', () => {
  for (const [one, other] of alike) {
    assert.equal(skeletonKey(one), skeletonKey(other), `${one} ${other}`)
    assert.ok(collides(one, other) && collides(other, one))
  }
})

test('SKELETON - ordinary names do not', () => {
  const names = [
    'ㅇㅇ',
    'oo',
    'ㅡㅡ',
    'ーー',
    '각',
    '가ㄱ',
    '길동',
    '길둥',
    '土',
    '士',
    '柿',
    '杮',
    '🌒',
    '🌙',
  ]
  assertDistinct([...names, 'zoe', 'zoë', 'jose', 'josé', 'bjørn', 'bjorn', '☺', '❤', '👩‍💻', '👨‍💻'])
  assert.notEqual(skeletonKey('modеrn'), skeletonKey('modеm'))
})

test('SKELETON - in ASCII only case makes names equal', () => {
  for (const [one, other] of [
    ['u1', 'ul'],
    ['uI', 'ul'],
    ['b0b', 'bob'],
    ['phi|ip', 'philip'],
  ] as const) {
    assert.equal(collides(one, other), false)
    assert.equal(skeletonKey(one), skeletonKey(other))
  }
  const ascii = fc.string({ unit: 'grapheme-ascii' })
  const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()
  fc.assert(
    fc.property(ascii, ascii, (one, other) => {
      assert.equal(collides(one, other), same(one, other))
      assert.equal(collides(one, one.toUpperCase()), true)
    }),
  )
})

test('SKELETON - all syllables of Korean, its letters, hanzi, and emoji are distinct', () => {
  assertDistinct(codePoints(0xac00, 0xd7a3))
  assertDistinct(codePoints(0x3131, 0x318e).filter((letter) => letter !== '\u3164'))
  assertDistinct(codePoints(0x3400, 0x4dbf))
  assertDistinct(codePoints(0x4e00, 0x9fff))
  assertDistinct(
    codePoints(0x1f300, 0x1faff).filter((each) => /\p{Emoji_Presentation}/u.test(each)),
  )
})

test('SKELETON - kana are distinct, but for the one that both syllabaries draw alike', () => {
  const isTwin = (kana: string) => 'ヘベペ'.includes(kana)
  assertDistinct(codePoints(0x3041, 0x3096))
  assertDistinct(
    [...codePoints(0x3041, 0x3096), ...codePoints(0x30a1, 0x30fa)].filter((kana) => !isTwin(kana)),
  )
})

test('SKELETON - idempotent', () => {
  for (const character of codePoints(1, 0x1ffff)) {
    const once = skeletonKey(character)
    assert.equal(skeletonKey(once), once, character)
  }
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (one, other) => {
      const once = skeletonKey(one + other)
      assert.equal(skeletonKey(once), once)
    }),
  )
})

test('SKELETON - case does not count, but for letters whose cases look like different letters of ASCII', () => {
  // Greek nu and upsilon, and letters of languages no longer written with them.
  const admitted = /[νυƽ\u{118c4}\u{118c6}\u{118d5}\u{118dc}]/u
  for (const upper of codePoints(0x41, 0x1ffff)) {
    const lower = upper.toLowerCase()
    if (lower === upper || admitted.test(lower.normalize('NFD'))) continue
    assert.equal(skeletonKey(upper), skeletonKey(lower), `${upper} ${lower}`)
  }
})

test('SKELETON - what is invisible does not count', () => {
  assert.equal(skeletonKey('a\u200bl\u2060i\u00adce\ufe0f'), skeletonKey('alice'))
})
