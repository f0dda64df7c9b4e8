/**
 * Four clients send whatever comes to mind, and after every line three things are asked: is the server's
 * state what a second, simpler implementation says (`reference.ts`); did everyone hear exactly what they
 * were to hear; does every client, from its own lines alone, know the rooms that it is in (`view.ts`).
 *
 * A failure prints the fewest steps that lead to it, and the seed. To run it again, for longer or from
 * that seed: MODEL_RUNS=5000 MODEL_SEED=… node --test test/model
 */
import assert from 'node:assert/strict'
import { env } from 'node:process'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseMessage } from '../../src/protocol/message.ts'
import { assertInvariants, assertLine } from '../support/invariants.ts'
import { World, type Actor } from '../support/world.ts'
import { assertState, assertView } from './compare.ts'
import { obey } from './reference-commands.ts'
import { connect, disconnect, type Outcome, type Reference } from './reference.ts'
import { ACTORS, steps, type Step } from './steps.ts'
import { see, type View } from './view.ts'

/** What each of them knows when it connects; each can change some of it later. */
const CAPS = [
  ['multi-prefix', 'echo-message', 'message-tags', 'batch', 'server-time', 'draft/channel-rename'],
  [],
  ['multi-prefix', 'userhost-in-names', 'away-notify'],
  ['message-tags', 'account-tag', 'extended-join', 'extended-monitor', 'invite-notify'],
]
const FIRST_NICKS = ['anna', 'bob', '민지', 'carl']

interface Client {
  readonly actor: Actor
  readonly view: View
}

interface Play {
  readonly world: World
  readonly reference: Reference
  readonly clients: (Client | undefined)[]
  connections: number
  messages: number
}

test('MODEL - whatever people do: state, messages and what each client knows are as they should be', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const play: Play = {
        world: new World(),
        reference: { people: Array.from({ length: ACTORS }, () => undefined), rooms: new Map() },
        clients: Array.from({ length: ACTORS }, () => undefined),
        connections: 0,
        messages: 0,
      }
      for (const [who, nick] of FIRST_NICKS.entries()) {
        happens(play, { who, line: `CONNECT ${nick}` })
        happens(play, { who, line: 'JOIN #a' })
      }
      for (const step of all) happens(play, step)
      for (const client of play.clients) client?.actor.vanishes()
      assertInvariants(play.world)
      assert.equal(play.world.core.network.channels.size, 0)
      assert.equal(play.world.core.network.sessions.size, 0)
    }),
    { numRuns: Number(env['MODEL_RUNS'] ?? 300), ...seedFrom(env['MODEL_SEED']) },
  )
})

function seedFrom(text: string | undefined): { seed?: number } {
  return text === undefined ? {} : { seed: Number(text) }
}

function happens(play: Play, { who, line }: Step): void {
  const outcome = act(play, who, line)
  if (outcome === undefined) return
  const heard = play.clients.map((client) => hear(client))
  assertHeard(play, heard, outcome)
  assertAnswered(heard[who] ?? [], outcome, line)
  learnModes(play)
  assertState(play.world, play.reference)
  for (const client of play.clients) if (client !== undefined) assertView(play.world, client.view)
  assertInvariants(play.world)
  assert.deepEqual(
    play.world.logged.filter(([event]) => event === 'command failed'),
    [],
  )
}

/** Undefined: it makes no sense now. */
function act(play: Play, who: number, line: string): Outcome | undefined {
  const { reference, clients } = play
  const client = clients[who]
  if (line.startsWith('CONNECT')) return client === undefined ? arrive(play, who, line) : undefined
  if (client === undefined) return undefined
  if (line === 'VANISH' || line.startsWith('QUIT')) {
    if (line === 'VANISH') disconnect(reference, who)
    else {
      obey(reference, who, line)
      client.actor.sends(line)
    }
    client.actor.vanishes()
    clients[who] = undefined
    return { refused: false, copies: [] }
  }
  const sent = filledIn(play, who, line)
  const outcome = obey(reference, who, sent)
  client.actor.sends(sent)
  return outcome
}

function arrive(play: Play, who: number, line: string): Outcome {
  const nick = line.replace('CONNECT ', '')
  // Everyone from elsewhere: how many may come from one address is not what this is about.
  const address = `10.${who}.0.${++play.connections}`
  const actor = play.world.connect({ address })
  const caps = CAPS[who] ?? []
  const seesAllRanks = caps.includes('multi-prefix')
  play.clients[who] = { actor, view: { nick, seesAllRanks, rooms: new Map() } }
  connect(play.reference, who, nick, caps)
  if (caps.length > 0) actor.sends('CAP LS 302', `CAP REQ :${caps.join(' ')}`, 'CAP END')
  actor.sends(`NICK ${nick}`, `USER u${who} 0 * :real`)
  const got = play.reference.people[who]?.nick ?? ''
  if (got !== nick) actor.sends(`NICK ${got}`)
  return { refused: got !== nick, copies: [] }
}

function filledIn({ reference, ...play }: Play, who: number, line: string): string {
  const nickOf = (i: number): string => reference.people[i]?.nick ?? 'nobody'
  const named = line
    .replaceAll('$$', nickOf(who))
    .replaceAll(/\$(\d)/g, (_, i: string) => nickOf(Number(i)))
  if (!/^(?:PRIVMSG|NOTICE)/.test(named)) return named
  return `${named} :m${nextMessage(play)}`
}

function nextMessage(play: Pick<Play, 'messages'>): number {
  return play.messages++
}

function hear(client: Client | undefined): string[] {
  if (client === undefined) return []
  const lines = client.actor.read()
  for (const line of lines) {
    assertLine(line)
    see(client.view, line)
  }
  return lines
}

const SAID = new Set(['PRIVMSG', 'TAGMSG'])

/** Exactly the messages that were said, to exactly those who were to hear them. */
function assertHeard({ reference }: Play, heard: readonly string[][], { copies }: Outcome): void {
  for (const [who, lines] of heard.entries()) {
    const person = reference.people[who]
    const messages = lines.flatMap((line) => {
      const { source = '', command = '', params = [] } = parseMessage(line) ?? {}
      const isMessage = SAID.has(command) || (command === 'NOTICE' && source.includes('!'))
      const [target = '', text] = params
      return isMessage
        ? [[command, target, ...(text === undefined ? [] : [`:${text}`])].join(' ')]
        : []
    })
    const expected = copies.filter(({ to }) => to === person).map(({ text }) => text)
    assert.deepEqual(messages.sort(), expected.sort(), `what ${person?.nick} heard`)
  }
}

/** A refusal says so, and what isn't refused says nothing of the kind. */
function assertAnswered(lines: readonly string[], { refused }: Outcome, line: string): void {
  const errors = lines.filter((each) => {
    const { command = '', params = [] } = parseMessage(each) ?? {}
    if (/^\d{3}$/.test(command)) return Number(command) >= 400 && command !== '422'
    return (
      command === 'FAIL' || (command === 'NOTICE' && params[1]?.startsWith('*** FAIL') === true)
    )
  })
  assert.equal(errors.length > 0, refused, `${line}: ${refused ? 'no refusal' : errors.join()}`)
}

/** As clients do when they come into a room. */
function learnModes({ clients }: Play): void {
  for (const client of clients) {
    for (const room of client?.view.rooms.values() ?? []) {
      if (room.isKnown) continue
      room.isKnown = true
      client?.actor.sends(`MODE ${room.name}`, `MODE ${room.name} b`)
    }
    hear(client)
  }
}
