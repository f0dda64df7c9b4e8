import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { completionsAt } from './complete.ts'
import { emptyModel } from './empty-model.ts'
import type { Model } from './model.ts'
import { parseEntered } from './slash.ts'
import { findSlash, SLASH_COMMANDS } from './slash-table.ts'

const context = { conversation: '#art', roomPrefixes: '#' }

function intentsOf(text: string): unknown {
  const entered = parseEntered(text, context)
  return entered.kind === 'intents' ? entered.intents : entered
}

test('SLASH - every command of the table means something, and says so in both languages', () => {
  for (const { name, params, help, completes } of SLASH_COMMANDS) {
    const words = params.match(/[<[]/g)?.map(() => 'word') ?? []
    const entered = parseEntered(`/${name} ${words.join(' ')}`, context)
    assert.ok(entered.kind === 'intents' || entered.code === 'help', name)
    assert.match(help.en, /^[A-Z].*\.$/)
    assert.match(help.ko, /[가-힣].*\.$/)
    assert.ok(completes.length > 0)
  }
})

test('SLASH - no two commands have a name in common', () => {
  const names = SLASH_COMMANDS.flatMap(({ name, aliases = [] }) => [name, ...aliases])
  assert.equal(new Set(names).size, names.length)
})

test('SLASH - a command without what it needs says what is missing', () => {
  for (const { name, params } of SLASH_COMMANDS) {
    if (!params.startsWith('<')) continue
    const entered = parseEntered(`/${name}`, context)
    assert.deepEqual(entered, {
      kind: 'fault',
      code: 'missingParameter',
      context: [name, findSlash(name)?.params],
    })
  }
})

test('SLASH - what people type is what is meant', () => {
  const conversation = '#art'
  assert.deepEqual(intentsOf('hello'), [{ kind: 'say', conversation, text: 'hello' }])
  assert.deepEqual(intentsOf('//join'), [{ kind: 'say', conversation, text: '/join' }])
  assert.deepEqual(intentsOf('/usr/bin/env'), [{ kind: 'say', conversation, text: '/usr/bin/env' }])
  assert.deepEqual(intentsOf('/J #x key'), [{ kind: 'join', name: '#x', key: 'key' }])
  assert.deepEqual(intentsOf('/join #x,y,#z, key1,,key3 more'), [
    { kind: 'join', name: '#x', key: 'key1' },
    { kind: 'join', name: 'y' },
    { kind: 'join', name: '#z', key: 'key3' },
  ])
  assert.deepEqual(intentsOf('/join ,'), {
    kind: 'fault',
    code: 'missingParameter',
    context: ['join', findSlash('join')?.params],
  })
  assert.deepEqual(intentsOf('/msg mina  a  b'), [{ kind: 'sayTo', target: 'mina', text: 'a  b' }])
  assert.deepEqual(intentsOf('/kick mina too loud'), [
    { kind: 'kick', conversation, nick: 'mina', reason: 'too loud' },
  ])
  assert.deepEqual(intentsOf('/search red in:#art from:mina paint'), [
    { kind: 'search', query: { text: 'red paint', in: '#art', from: 'mina' } },
  ])
  assert.deepEqual(intentsOf('/constructor'), {
    kind: 'fault',
    code: 'unknownCommand',
    context: ['constructor'],
  })
})

test('SLASH - whatever is typed, it means something or is a fault', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const entered = parseEntered(`/${text}`, context)
      assert.ok(entered.kind === 'fault' || entered.intents.length > 0)
    }),
  )
})

const person = (nick: string) =>
  ({ key: nick, nick, isBot: false, presence: 'here', metadata: {} }) as const
const model: Model = {
  ...emptyModel({ nick: 'me' }),
  people: new Map(['me', 'mina', 'minsu', 'joon'].map((nick) => [nick, person(nick)])),
  members: new Map([
    ['#art', new Map(['me', 'mina', 'minsu', 'joon'].map((key) => [key, { key, ranks: '' }]))],
  ]),
}

function labels(text: string): string[] {
  return completionsAt(model, '#art', { text, at: text.length }).map(({ label }) => label)
}

test('SLASH - the word that is typed completes to what can stand there', () => {
  assert.deepEqual(labels('/jo'), ['/join'])
  assert.deepEqual(labels('mi'), ['mina', 'minsu'])
  assert.deepEqual(labels('/kick mi'), ['mina', 'minsu'])
  assert.deepEqual(labels('hey @jo'), ['joon'])
  assert.equal(labels(':tad')[0], '🎉 :tada:')
  assert.deepEqual(labels(''), [])
  assert.deepEqual(completionsAt(model, '#art', { text: 'min now', at: 3 })[0], {
    kind: 'nick',
    label: 'mina',
    text: 'mina: ',
    from: 0,
    to: 3,
  })
})

test('SLASH - why somebody is kept out or silent is told to the room', () => {
  const about = { conversation: '#art', whom: 'june' }
  assert.deepEqual(intentsOf('/mute june'), [{ kind: 'mute', ...about }])
  const because = { ...about, notice: 'june: let others speak' }
  assert.deepEqual(intentsOf('/mute june let others speak'), [{ kind: 'mute', ...because }])
  assert.deepEqual(intentsOf('/ban june let others speak'), [{ kind: 'ban', ...because }])
})

test('SLASH - what goes to the server keeps its words apart, and its text together', () => {
  const lines = [
    ['/kill june being rude again', 'KILL june :being rude again'],
    ['/kline 1d12h *@192.0.2.1 away with you', 'KLINE 1d12h *@192.0.2.1 :away with you'],
    ['/dline 192.0.2.0/24', 'DLINE 192.0.2.0/24'],
    [
      '/servermute FORCE 30m *@host.example enough of that',
      'MUTE FORCE 30m *@host.example :enough of that',
    ],
    ['/wallops tea at four', 'WALLOPS :tea at four'],
    ['/metadata * SET url https://example.org', 'METADATA * SET url :https://example.org'],
    ['/motd', 'MOTD'],
    ['/oper minji secret', 'OPER minji secret'],
  ] as const
  for (const [typed, line] of lines) assert.deepEqual(intentsOf(typed), [{ kind: 'raw', line }])
})
