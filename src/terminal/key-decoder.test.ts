import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeKeys, endOfInput } from './key-decoder.ts'
import type { Key } from './key-decoder.ts'

const named = (name: string) => ({ kind: 'named', name })

test('KEYS - what was typed at once is read key by key', () => {
  assert.deepEqual(decodeKeys('q마\r\t\x7f\x03'), {
    keys: [
      { kind: 'text', text: 'q' },
      { kind: 'text', text: '마' },
      named('enter'),
      named('tab'),
      named('backspace'),
      { kind: 'control', letter: 'c' },
    ],
    rest: '',
  })
})

test('KEYS - arrows and their like in every way that terminals say them', () => {
  const { keys } = decodeKeys('\x1b[A\x1bOB\x1b[1;2C\x1b[5~\x1b[6;5~\x1bOH\x1b[4~\x1b[Z')
  const names = ['up', 'down', 'right', 'pageUp', 'pageDown', 'home', 'end', 'backTab']
  assert.deepEqual(keys, names.map(named))
})

test('KEYS - a click, the wheel, and no key for what is let go or moved', () => {
  const { keys } = decodeKeys('\x1b[<0;11;3M\x1b[<0;11;3m\x1b[<64;1;1M\x1b[<65;1;1M\x1b[<35;5;5M')
  assert.deepEqual(keys, [
    { kind: 'mouse', action: 'press', x: 10, y: 2 },
    { kind: 'mouse', action: 'wheelUp', x: 0, y: 0 },
    { kind: 'mouse', action: 'wheelDown', x: 0, y: 0 },
  ])
})

test('KEYS - Escape is a key only when nothing follows', () => {
  assert.deepEqual(decodeKeys('\x1b'), { keys: [], rest: '\x1b' })
  assert.deepEqual(endOfInput('\x1b'), [named('escape')])
  assert.deepEqual(endOfInput('\x1b['), [])
  assert.deepEqual(decodeKeys('\x1bd').keys, [named('escape'), { kind: 'text', text: 'd' }])
})

test('KEYS - whoever writes lines can tell Alt, Control, the focus, and a line end that does not send', () => {
  const { keys } = decodeKeys(
    '\x1b[1;3A\x1b[5;5~\x1b[1;2C\x1b3\x1b\r\n\x1b[13;2u\r\x1b[I\x1b[O',
    'rich',
  )
  assert.deepEqual(keys, [
    { ...named('up'), modifier: 'alt' },
    { ...named('pageUp'), modifier: 'control' },
    named('right'),
    { kind: 'alt', letter: '3' },
    named('newLine'),
    named('newLine'),
    named('newLine'),
    named('enter'),
    { kind: 'focus', is: 'in' },
    { kind: 'focus', is: 'out' },
  ])
})

test('KEYS - who goes on with a command or with Korean right after Escape means no Alt', () => {
  assert.deepEqual(decodeKeys('\x1b/\x1b가', 'rich').keys, [
    named('escape'),
    { kind: 'text', text: '/' },
    named('escape'),
    { kind: 'text', text: '가' },
  ])
})

test('KEYS - a paste is text, whatever is in it', () => {
  assert.deepEqual(decodeKeys('\x1b[200~d\r\x1b[A\x1b[201~x').keys, [
    { kind: 'pasted', text: 'd\r\x1b[A' },
    { kind: 'text', text: 'x' },
  ])
})

test('KEYS - however the bytes are cut, the keys are the same', () => {
  const piece = fc.constantFrom(
    '\x1b[A',
    '\x1bOB',
    'a',
    '\r',
    '\x1b[<0;1;1M',
    '\x1b[200~p\x1b[201~',
  )
  fc.assert(
    fc.property(fc.array(piece), fc.array(fc.nat(9), { minLength: 1 }), (pieces, cuts) => {
      const input = pieces.join('')
      const keys: Key[] = []
      let rest = ''
      let at = 0
      for (let i = 0; at < input.length; i++) {
        const size = 1 + (cuts[i % cuts.length] ?? 0)
        const decoded = decodeKeys(rest + input.slice(at, at + size))
        keys.push(...decoded.keys)
        rest = decoded.rest
        at += size
      }
      assert.equal(rest, '')
      assert.deepEqual(keys, decodeKeys(input).keys)
    }),
  )
})
