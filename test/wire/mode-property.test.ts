import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LIST_MODES, RANK, RANKS } from '../../src/protocol/modes.ts'
import type { Channel } from '../../src/state/channel.ts'
import { World, type Actor } from '../support/world.ts'

const NICKS = ['alice', 'bob', 'carol'] as const

/** The modes as a client knows them that was told of every change. */
interface Told {
  /** Flags by their letter; key, limit and forward as `k sesame`. */
  readonly settings: Set<string>
  /** `b bob!*@*`, `o alice`. */
  readonly entries: Set<string>
}

function hear(told: Told, line: string): void {
  const [, , , letters = '', ...args] = line.split(' ')
  let sign = '+'
  for (const letter of letters) {
    if (letter === '+' || letter === '-') sign = letter
    else if ('qaohvbeI'.includes(letter)) hearEntry(told, sign, `${letter} ${args.shift() ?? ''}`)
    else hearSetting(told, sign, `${letter} ${takesArgument(letter, sign) ? args.shift() : ''}`)
  }
  assert.deepEqual(args, [], `every argument belongs to a letter: ${line}`)
}

function takesArgument(letter: string, sign: string): boolean {
  return letter === 'k' || ('lf'.includes(letter) && sign === '+')
}

function hearSetting({ settings }: Told, sign: string, setting: string): void {
  assert.equal(settings.has(setting) && sign === '+', false, `only what changes: ${setting}`)
  for (const each of settings) if (each.charAt(0) === setting.charAt(0)) settings.delete(each)
  if (sign === '+') settings.add(setting)
}

function hearEntry({ entries }: Told, sign: string, entry: string): void {
  assert.equal(entries.has(entry), sign === '-', `only what changes is announced: ${sign}${entry}`)
  if (sign === '+') entries.add(entry)
  else entries.delete(entry)
}

function stateOf(channel: Channel): Told {
  const settings = new Set(Array.from(channel.flags, (flag) => `${flag} `))
  if (channel.key !== undefined) settings.add(`k ${channel.key}`)
  if (channel.memberLimit !== undefined) settings.add(`l ${channel.memberLimit}`)
  if (channel.forward !== undefined) settings.add(`f ${channel.forward}`)
  const entries = new Set<string>()
  for (const mode of LIST_MODES) {
    for (const { mask } of channel.lists[mode]) entries.add(`${mode} ${mask}`)
  }
  for (const { user, ranks } of channel.members.values()) {
    for (const { mode } of RANKS)
      if ((ranks & RANK[mode]) !== 0) entries.add(`${mode} ${user.nick}`)
  }
  return { settings, entries }
}

const modeLetters = fc
  .array(fc.constantFrom(...'+-+-qaohvbeIkflCMRimnstxZ?가'.split('')), { maxLength: 14 })
  .map((letters) => letters.join(''))

const argument = fc.oneof(
  fc.constantFrom(
    ...NICKS,
    'BOB',
    'nobody',
    '#lobby',
    '#art',
    '5',
    '0',
    'sesame',
    '*!*@*',
    'Bob!*@*',
  ),
  fc.constantFrom('~a:bob', '~m:bob', '~m:~a:bob', '$a:x', 'a@b!c', '*!*@192.0.2.0/24'),
  fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replaceAll(/[\s\0]/g, '_')),
)

const line = fc
  .record({
    by: fc.nat({ max: NICKS.length - 1 }),
    letters: modeLetters,
    args: fc.array(argument, { maxLength: 8 }),
  })
  .map(({ by, letters, args }) => ({ by, text: ['MODE #art', letters, ...args].join(' ') }))

test('MODE - whatever is asked, those who were told of every change know the state', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const world = new World()
      const actors = world.joinAll(NICKS, '#art,#lobby')
      const watcher = world.join('watcher')
      watcher.asks('JOIN #art')
      const channel = world.core.network.channels.get('#art')
      assert.ok(channel !== undefined)
      const told = stateOf(channel)
      for (const { by, text } of lines) askAndWatch(actors[by], watcher, { text, told })
      assert.deepEqual(stateOf(channel), told)
      assert.equal(channel.members.size, 4)
    }),
    { numRuns: 150 },
  )
})

function askAndWatch(
  actor: Actor | undefined,
  watcher: Actor,
  { text, told }: { readonly text: string; readonly told: Told },
): void {
  const replies = actor?.asks(text) ?? []
  assert.ok(!replies.some((reply) => reply.includes('INTERNAL_ERROR')), text)
  const heard = watcher.read()
  for (const each of [...replies, ...heard]) assert.ok(Buffer.byteLength(each) <= 510, each)
  for (const each of heard) hear(told, each)
}
