import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Role } from '../feed/role.ts'
import type { ConnectionRow } from '../feed/view.ts'
import { pressKey } from './app-keys.ts'
import { appLines } from './app-lines.ts'
import { createAppState, wantedQuery } from './app-state.ts'
import type { AppState } from './app-state.ts'
import { updateApp } from './app-update.ts'
import { decodeKeys } from './key-decoder.ts'
import type { Key } from './key-decoder.ts'
import { lineWidth } from './line-layout.ts'
import { words } from './words.ts'

const SIZE = { columns: 80, rows: 24 }

function start(role: Role, language: 'en' | 'ko' = 'en'): AppState {
  const say = words(language)
  const state = createAppState({
    say,
    size: SIZE,
    isConsole: false,
    firstLink: undefined,
    nowMs: 0,
  })
  const rows = Array.from({ length: 50 }, (_, i) => row(i))
  const window = { rows, total: 50, matching: 50, from: 0 }
  const known = updateApp(state, { kind: 'identity', name: 'mina', role })
  const shown = pressed(known, '2').state
  const frame = { type: 'view', of: 'connections', ...window } as const
  return updateApp(shown, { kind: 'frame', frame, nowMs: 0 })
}

function row(connection: number): ConnectionRow {
  return {
    connection,
    address: `192.0.2.${connection}`,
    port: 1,
    nick: `마루${connection}`,
    transport: 'tls',
    listener: 'tls',
    connectedAtMs: 0,
    isRegistered: true,
    host: 'h',
    modes: '',
    isSilenced: false,
    rooms: ['#a'],
    idleMs: 0,
    linesIn: 0,
    bytesIn: 0,
    bytesOut: 0,
    linesInPerSecond: 0,
    bytesOutPerSecond: 0,
    queuedBytes: 0,
    isHeld: false,
  }
}

function pressed(state: AppState, typed: string): ReturnType<typeof pressKey> {
  return decodeKeys(typed).keys.reduce(
    (last: ReturnType<typeof pressKey>, key) => pressKey(last.state, key),
    { state },
  )
}

test('APP - whatever is pressed, the screen has its lines, each as wide as it is', () => {
  const letters = Array.from('123456/sSpldkbmxaulq?ㅂㅇ 마é', (text): Key => ({
    kind: 'text',
    text,
  }))
  const typed = decodeKeys(
    '\r\t\x7f\x1b[A\x1b[B\x1b[5~\x1b[6~\x1b[H\x1b[F\x1b[<0;5;6M\x1b[<65;1;1M',
  )
  const escape: Key = { kind: 'named', name: 'escape' }
  const key = fc.constantFrom<Key>(...letters, ...typed.keys, escape)
  const language = fc.constantFrom<'en' | 'ko'>('en', 'ko')
  fc.assert(
    fc.property(fc.array(key, { maxLength: 25 }), language, (keys, spoken) => {
      const last = keys.reduce((state, one) => pressKey(state, one).state, start('admin', spoken))
      const lines = appLines(last)
      assert.equal(lines.length, SIZE.rows)
      for (const line of lines) assert.equal(lineWidth(line), SIZE.columns)
    }),
    { numRuns: 150 },
  )
})

test('APP - nothing is done to anybody without a question that was answered', () => {
  for (const letter of 'mkdbxa') {
    const asked = pressed(start('moderate'), letter)
    assert.equal(asked.state.focus.kind, 'form', letter)
    assert.equal(asked.effect, undefined)
  }
  const { effect } = pressed(start('moderate'), 'drude\r\r')
  assert.deepEqual(effect?.kind === 'act' && [effect.order.path, effect.order.body], [
    '/connections/0/disconnect',
    { reason: 'rude' },
  ])
})

test('APP - who may only watch gets no question either', () => {
  for (const letter of 'mkdbxua') {
    assert.equal(pressed(start('watch'), letter).state.focus.kind, 'browse', letter)
  }
})

test('APP - a pasted text fills its field, and answers nothing', () => {
  const { state, effect } = pressed(start('admin'), 'd\x1b[200~one\r\ntwo\r\x1b[201~')
  assert.equal(effect, undefined)
  assert.equal(state.focus.kind === 'form' && state.focus.form.fields[0]?.value, 'one two ')
})

test('APP - the chosen row is followed when others come before it', () => {
  const chosen = pressed(start('admin'), '\x1b[B\x1b[B').state
  assert.equal(chosen.tables.connections.key, '2')
  const rows = [row(90), row(91), ...Array.from({ length: 50 }, (_, i) => row(i))]
  const frame = { type: 'view', of: 'connections', rows, total: 52, matching: 52, from: 0 } as const
  const later = updateApp(chosen, { kind: 'frame', frame, nowMs: 0 })
  assert.equal(later.tables.connections.index, 4)
  assert.equal(later.tables.connections.key, '2')
})

test('APP - until somebody chooses, the first row is whoever is first', () => {
  const rows = [row(90), ...Array.from({ length: 50 }, (_, i) => row(i))]
  const frame = { type: 'view', of: 'connections', rows, total: 51, matching: 51, from: 0 } as const
  const later = updateApp(start('admin'), { kind: 'frame', frame, nowMs: 0 })
  assert.equal(later.tables.connections.index, 0)
  const first = updateApp(pressed(start('admin'), '\x1b[H').state, {
    kind: 'frame',
    frame,
    nowMs: 0,
  })
  assert.equal(first.tables.connections.index, 1)
})

test('APP - in a terminal that is too small, only leaving is possible', () => {
  const small = updateApp(start('admin'), { kind: 'resized', size: { columns: 60, rows: 20 } })
  assert.equal(pressed(small, 'd').state.focus.kind, 'browse')
  assert.deepEqual(pressed(small, 'q').effect, { kind: 'leave' })
})

test('APP - the server is asked for what is shown and a little around it', () => {
  const query = { of: 'connections', sort: 'connectedAtMs', descending: true, from: 0, count: 200 }
  assert.deepEqual(wantedQuery(start('admin')), query)
  assert.equal(wantedQuery(pressed(start('admin'), '1').state), undefined)
})
