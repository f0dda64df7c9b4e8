import assert from 'node:assert/strict'
import { test } from 'node:test'
import { modeChanges } from './mode-changes.ts'

const RULES = {
  ranks: [
    { mode: 'o', prefix: '@' },
    { mode: 'v', prefix: '+' },
  ],
  modes: ['beI', 'k', 'lf', 'imnst'],
} as const

test('MODES - each letter takes the argument that is its own', () => {
  const changes = modeChanges(RULES, '+ob-kl+li', ['june', '*!*@a', 'tide', '7', 'left over'])
  assert.deepEqual(changes, [
    { sign: '+', letter: 'o', of: { kind: 'rank', prefix: '@', nick: 'june' } },
    { sign: '+', letter: 'b', of: { kind: 'entry', mask: '*!*@a' } },
    { sign: '-', letter: 'k', of: { kind: 'setting', argument: 'tide' } },
    { sign: '-', letter: 'l', of: { kind: 'setting' } },
    { sign: '+', letter: 'l', of: { kind: 'setting', argument: '7' } },
    { sign: '+', letter: 'i', of: { kind: 'setting' } },
  ])
})

test('MODES - what the server forgets to say is empty, and letters without a sign are set', () => {
  assert.deepEqual(modeChanges(RULES, 'vZ', []), [
    { sign: '+', letter: 'v', of: { kind: 'rank', prefix: '+', nick: '' } },
    { sign: '+', letter: 'Z', of: { kind: 'setting' } },
  ])
})
