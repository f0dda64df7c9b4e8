import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { channelName, nickName } from './names.ts'
import { isReservedNick, SERVICE_NICKS } from './reserved-nicks.ts'

const LIMIT = 32

test('NAMES - nicks in the scripts of our users', () => {
  const nicks = [
    'alice',
    '_a-1',
    '[a]\\`^{|}',
    '홍길동',
    'ㅇㅇ',
    'たなか',
    'タロー',
    '李小龙',
    'Işıl',
    'Νίκος',
    'Вася',
  ]
  nicks.push('नमस्ते', '🦊', '여우🦊', '👩‍💻', '👩🏽‍💻', '🏳️‍🌈', '❤️', '🇰🇷', '김×이')
  for (const nick of nicks) assert.deepEqual(nickName(nick, LIMIT), { ok: nick.normalize('NFC') })
})

test('NAMES - a nick is kept in NFC', () => {
  assert.deepEqual(nickName('홍길동'.normalize('NFD'), LIMIT), { ok: '홍길동' })
  assert.deepEqual(nickName('\u212al', LIMIT), { ok: 'Kl' })
})

test('NAMES - a nick must not start as a number, a prefix or an option', () => {
  for (const nick of ['1a', '-a', '＠op', '＃chan', '＋v', '～a', '﹟a']) {
    assert.deepEqual(nickName(nick, LIMIT), { refused: 'badStart' }, nick)
  }
})

test('NAMES - characters that separate, match or hide are refused in nicks', () => {
  const bad = [
    ...' ,*?!@.:#&~%+$/<>\'";=()'.split(''),
    '\0',
    '\x01',
    '\x07',
    '\x1b',
    '\x7f',
    '\x85',
    '\u00a0',
    '\u00ad',
  ]
  bad.push(
    '\u034f',
    '\u200b',
    '\u200c',
    '\u200d',
    '\u200e',
    '\u202e',
    '\u2028',
    '\u2066',
    '\u2800',
    '\u3000',
  )
  bad.push(
    '\u3164',
    '\u115f',
    '\uffa0',
    '\ufe0f',
    '\ufeff',
    '\ufffd',
    '\u20dd',
    '\ue000',
    '\ud800',
    '\u1100',
  )
  bad.push(
    '\u{e0020}',
    '\u{1d159}',
    '\u{10ffff}',
    '\u037e',
    '\u0378',
    'e\u0323\u0323\u0323\u0323\u0323',
  )
  for (const part of bad) {
    assert.deepEqual(
      nickName(`a${part}b`, LIMIT),
      { refused: 'badCharacter' },
      JSON.stringify(part),
    )
    assert.equal(nickName(`가${part}나`, LIMIT).ok, undefined, JSON.stringify(part))
    assert.equal(nickName(part, LIMIT).ok, undefined, JSON.stringify(part))
  }
})

test('NAMES - joiners only join emoji', () => {
  for (const nick of [
    '🦊\u200d',
    'a\u200d🦊',
    '🦊\u200da',
    '🦊\u200d\u200d🦊',
    '❤\ufe0f\ufe0f',
    '가\ufe0f',
  ]) {
    assert.deepEqual(nickName(nick, LIMIT), { refused: 'badCharacter' }, JSON.stringify(nick))
  }
})

test('NAMES - a mark never stands first, where it would land on a prefix', () => {
  assert.deepEqual(nickName('\u0301a', LIMIT), { refused: 'badCharacter' })
  assert.deepEqual(channelName('#\u0301a', 64), { refused: 'badCharacter' })
})

test('NAMES - the limit is in code points, with two bytes of UTF-8 for each', () => {
  assert.equal(nickName('a'.repeat(32), LIMIT).ok?.length, 32)
  assert.deepEqual(nickName('a'.repeat(33), LIMIT), { refused: 'tooLong' })
  assert.equal(nickName('é'.repeat(32), LIMIT).ok?.length, 32)
  assert.equal(nickName('가'.repeat(21), LIMIT).ok?.length, 21)
  assert.deepEqual(nickName('가'.repeat(22), LIMIT), { refused: 'tooLong' })
  assert.equal(nickName('🦊'.repeat(16), LIMIT).ok?.length, 32)
  assert.deepEqual(nickName('🦊'.repeat(17), LIMIT), { refused: 'tooLong' })
})

test('NAMES - the names of services are reserved, look-alikes in ASCII and beyond included', () => {
  const swaps = { a: 'ɑа', e: 'е', o: '0оο', i: '1lіΙ', c: 'сⅽ', s: 'ѕ5', v: 'ѵν', m: ['rn', 'ⅿ'] }
  for (const service of SERVICE_NICKS) {
    const nicks = [service, service.toLowerCase(), service.toUpperCase()]
    for (const [letter, others] of Object.entries(swaps)) {
      for (const other of others) {
        nicks.push(service.toLowerCase().replace(letter, other), service.replaceAll(letter, other))
      }
    }
    for (const nick of nicks) assert.ok(isReservedNick(nick), nick)
  }
  assert.deepEqual(nickName('NickServ', LIMIT), { refused: 'reserved' })
  assert.deepEqual(nickName('nickserver', LIMIT), { ok: 'nickserver' })
})

test('NAMES - channels', () => {
  for (const name of [
    '#',
    '##',
    '#maru',
    '#마루',
    '#c++',
    '#a:b',
    '#{[]}',
    '#bang!',
    '#中文频道',
    '#🦊',
    '#a.b/c',
  ]) {
    assert.deepEqual(channelName(name, 64), { ok: name })
  }
  for (const name of ['maru', '&maru', ' #maru', '＃maru', '\u0301#']) {
    assert.deepEqual(channelName(name, 64), { refused: 'badStart' }, name)
  }
  for (const part of [
    ' ',
    ',',
    '*',
    '?',
    '\x07',
    '\0',
    '\t',
    '\x7f',
    '\u3000',
    '\u200b',
    '\u202e',
    '\ud800',
  ]) {
    assert.deepEqual(
      channelName(`#a${part}`, 64),
      { refused: 'badCharacter' },
      JSON.stringify(part),
    )
    assert.deepEqual(
      channelName(`#가${part}`, 64),
      { refused: 'badCharacter' },
      JSON.stringify(part),
    )
  }
  assert.deepEqual(channelName('', 64), { refused: 'empty' })
  assert.deepEqual(channelName(`#${'a'.repeat(64)}`, 64), { refused: 'tooLong' })
})

test('NAMES - whatever is accepted is safe to print, in NFC, within its limit, and accepted again', () => {
  const raw = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom('a', '가', '🦊', '\u200d', '\ufe0f', '\u0301', ' ', ',', '!', '@'),
    }),
  )
  const unsafe = /[\p{Cc}\p{Zs}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control},*?]/u
  fc.assert(
    fc.property(raw, (text) => {
      for (const check of [
        nickName,
        (each: string, limit: number) => channelName(`#${each}`, limit),
      ]) {
        const { ok } = check(text, LIMIT)
        if (ok === undefined) continue
        assert.doesNotMatch(ok, unsafe)
        assert.equal(ok, ok.normalize('NFC'))
        assert.ok(
          Array.from(ok).length <= LIMIT && new TextEncoder().encode(ok).length <= 2 * LIMIT,
        )
        assert.deepEqual(check(check === nickName ? ok : ok.slice(1), LIMIT), { ok })
      }
      assert.doesNotMatch(nickName(text, LIMIT).ok ?? '', /[!@.:#$&%+~]/)
    }),
    { numRuns: 2000 },
  )
})
