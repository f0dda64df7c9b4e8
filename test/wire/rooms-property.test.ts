import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatRoom } from '../../src/state/room-record.ts'
import { REST_MS } from '../../src/state/room-rest.ts'
import type { Channel } from '../../src/state/channel.ts'
import { assertInvariants } from '../support/invariants.ts'
import { joinLoggedIn } from '../support/log-in.ts'
import { type Actor, World } from '../support/world.ts'

/** What people do with two rooms; `@`: whoever is named first. */
const LINES = [
  'JOIN #a',
  'JOIN #b key',
  'PART #a',
  'PART #b',
  'JOIN 0',
  'JOIN #a',
  'JOIN #b',
  'CS REGISTER #a',
  'CS REGISTER #a',
  'CS REGISTER #b',
  'DROP #a',
  'DROP #b',
  'CS ACCESS #a ADD anna o',
  'CS ACCESS #a ADD ben v',
  'CS ACCESS #a DEL ben',
  'CS TRANSFER #a ben',
  'CS ACCEPT #a',
  'CS OP #a',
  'MODE #a +i',
  'MODE #a -i',
  'MODE #b +ks key',
  'MODE #a +o ben',
  'MODE #a +I ~a:ben',
  'TOPIC #a :what it is about',
  'METADATA #a SET role :atelier',
  'KICK #a ben',
  'KICK #a guest',
  'RENAME #b #c',
  'CS PURGE #a enough',
  'CS UNPURGE #a',
  'QUIT',
] as const

const NAMES = ['anna', 'ben', 'guest'] as const

const BEGINNING = [
  { who: 'anna', line: 'JOIN #a' },
  { who: 'guest', line: 'JOIN #a' },
  { who: 'ben', line: 'JOIN #b' },
] as const

const step = fc.record({ who: fc.constantFrom(...NAMES), line: fc.constantFrom(...LINES) })

test('ROOMS - whatever people do, a restart finds the rooms as they were, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }),
      fc.boolean(),
      async (steps, waits) => {
        const world = new World({}, { log: true })
        await world.joinAsOperator('root')
        const actors = new Map<string, Actor>()
        for (const { who, line } of [...BEGINNING, ...steps]) {
          await play(world, actorFor(world, actors, who), line)
          await world.settles()
          assertInvariants(world)
        }
        if (waits) world.passes(REST_MS)
        const before = roomsOf(world)
        const later = await world.restarts()
        assert.deepEqual(roomsOf(later), before)
        assert.deepEqual(later.core.network.closures, world.core.network.closures)
        assert.deepEqual(later.core.network.metadata, world.core.network.metadata)
        assertInvariants(later)
        later.passes(REST_MS)
        await later.settles()
        const third = await later.restarts()
        const registered = [...third.core.network.channels.values()]
        assert.ok(registered.every(({ registration }) => registration !== undefined))
        // Nobody came: nobody is awaited any more.
        assert.ok(registered.every(({ rest }) => rest?.members.size === 0))
      },
    ),
    { numRuns: 40 },
  )
})

/** Who has quit comes back. */
function actorFor(world: World, actors: Map<string, Actor>, name: string): Actor {
  const known = actors.get(name)
  if (known !== undefined && world.core.network.users.has(name)) return known
  const actor = name === 'guest' ? world.join('guest') : joinLoggedIn(world, name)
  actors.set(name, actor)
  return actor
}

async function play(world: World, actor: Actor, line: string): Promise<void> {
  if (line.startsWith('CS PURGE') || line.startsWith('CS UNPURGE')) {
    actor.sends('OPER root secret')
    await world.settles()
  }
  if (!line.startsWith('DROP ')) return actor.sends(line)
  actor.read()
  actor.sends(`CS ${line}`)
  await world.settles()
  const code = /DROP #\w (\w+)/.exec(actor.read().join('\n'))?.[1]
  if (code !== undefined) actor.sends(`CS ${line} ${code}`)
}

function roomsOf({ core: { network } }: World): object[] {
  return [...network.channels.values()].sort((a, b) => a.buffer - b.buffer).map(shown)
}

/** Guests can't be known again, so that what is theirs is nobody's. */
function shown(channel: Channel): object {
  const record = JSON.parse(formatRoom(channel)) as Readonly<Record<string, unknown>>
  const members = [...channel.members.values()]
    .filter(({ user }) => user.account !== undefined)
    .map(({ user, ranks }) => [user.account, ranks] as const)
  const awaited = [...(channel.rest?.members ?? [])]
  return { ...record, members: Object.fromEntries([...awaited, ...members]) }
}
