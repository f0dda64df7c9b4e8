import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_LIMITS } from '../../src/protocol/limits.ts'
import { foldCase } from '../../src/protocol/casemap.ts'
import type { Account } from '../../src/state/account.ts'
import { applyEvent } from '../../src/server/apply-event.ts'
import { asked, historyWorld } from '../support/history-world.ts'
import { World, type Actor } from '../support/world.ts'

const CAP = 'draft/read-marker'
const EARLY = 'timestamp=2025-01-01T00:00:00.000Z'
const LATE = 'timestamp=2025-06-01T00:00:00.000Z'

test('MARKREAD - "MUST be sent before the RPL_ENDOFNAMES reply for that channel"', async () => {
  const world = historyWorld()
  const alice = world.join('alice', CAP)
  const lines = await asked(world, alice, 'JOIN #art')
  const commands = lines.map((line) => line.split(' ')[1])
  assert.deepEqual(commands, ['JOIN', 'MARKREAD', '353', '366'])
  assert.equal(lines[1], ':irc.test MARKREAD #art *')
  await asked(world, alice, `MARKREAD #art ${EARLY}`, 'PART #art')
  const again = await asked(world, alice, 'JOIN #art')
  assert.ok(again.includes(`:irc.test MARKREAD #art ${EARLY}`), again.join('\n'))
})

test('MARKREAD - "The last read timestamp of a target MUST only ever increase."', async () => {
  const world = historyWorld()
  const alice = world.join('alice', CAP)
  const answer = async (line: string): Promise<string[]> =>
    (await asked(world, alice, line)).map((each) => each.replace(':irc.test MARKREAD ', ''))
  assert.deepEqual(await answer('MARKREAD #nowhere'), ['#nowhere *'])
  assert.deepEqual(await answer(`MARKREAD bob ${LATE}`), [`bob ${LATE}`])
  assert.deepEqual(await answer(`MARKREAD bob ${EARLY}`), [`bob ${LATE}`])
  assert.deepEqual(await answer('MARKREAD BOB'), [`BOB ${LATE}`])
  // "it can clamp it between the last read timestamp and the current time"
  const now = 'timestamp=2026-01-01T12:00:00.000Z'
  assert.deepEqual(await answer('MARKREAD bob timestamp=2999-01-01T00:00:00.000Z'), [`bob ${now}`])
})

test('MARKREAD - what is wrong is said as the specification has it', async () => {
  const world = historyWorld()
  const alice = world.join('alice', CAP)
  const faults = [
    ['MARKREAD', 'NEED_MORE_PARAMS :Missing parameters'],
    ['MARKREAD #art *', 'INVALID_PARAMS #art * :Invalid parameters'],
    ['MARKREAD #art timestamp=soon', 'INVALID_PARAMS #art timestamp=soon :Invalid parameters'],
    ['MARKREAD #art msgid=1', 'INVALID_PARAMS #art msgid=1 :Invalid parameters'],
    ['MARKREAD a!b', 'INVALID_PARAMS a!b :Invalid parameters'],
    [`MARKREAD #${'x'.repeat(100)}`, `INVALID_PARAMS #${'x'.repeat(100)} :Invalid parameters`],
  ] as const
  for (const [line, answer] of faults) {
    assert.deepEqual(await asked(world, alice, line), [`:irc.test FAIL MARKREAD ${answer}`])
  }
})

test('MARKREAD - "MUST NOT be disclosed to other users", and all clients of the account hear of it', async () => {
  const world = historyWorld()
  const [one, other] = [world.join('alice', CAP), world.join('alice2', CAP)]
  const bob = world.join('bob', CAP)
  for (const each of [one, other]) logIn(world, each, 'Alice')
  for (const each of [one, other, bob]) await asked(world, each, 'JOIN #art')
  for (const each of [one, other, bob]) each.read()
  assert.deepEqual(await asked(world, one, `MARKREAD #art ${EARLY}`), [
    `:irc.test MARKREAD #art ${EARLY}`,
  ])
  assert.deepEqual(other.read(), [`:irc.test MARKREAD #art ${EARLY}`])
  assert.deepEqual(bob.read(), [])
  assert.deepEqual(await asked(world, bob, 'MARKREAD #art'), [':irc.test MARKREAD #art *'])
})

test('MARKREAD - an account keeps its markers over a restart, a guest while they are here', async () => {
  const world = historyWorld()
  const [alice, guest] = [world.join('alice', CAP), world.join('guest', CAP)]
  logIn(world, alice, 'Alice')
  await asked(world, alice, 'JOIN #art', `MARKREAD #art ${EARLY}`, `MARKREAD guest ${LATE}`)
  await asked(world, alice, 'RENAME #art #design :wider')
  await asked(world, guest, `MARKREAD #art ${EARLY}`)
  assert.equal(world.core.network.markers.size, 2)
  await asked(world, guest, 'QUIT')
  assert.deepEqual([...world.core.network.markers.keys()], ['a:alice'])
  const later = await world.restarts({ history: 'strict' })
  const again = later.join('alice', CAP)
  logIn(later, again, 'Alice')
  const answers = await asked(later, again, 'MARKREAD #design', 'MARKREAD #art', 'MARKREAD guest')
  assert.deepEqual(answers, [
    `:irc.test MARKREAD #design ${EARLY}`,
    ':irc.test MARKREAD #art *',
    `:irc.test MARKREAD guest ${LATE}`,
  ])
})

test('MARKREAD - a marker too many takes the place of the one that was moved longest ago', async () => {
  const limits = { ...DEFAULT_LIMITS, chat: { ...DEFAULT_LIMITS.chat, markerEntries: 2 } }
  const world = new World({ history: 'strict', limits }, { log: true })
  const alice = world.join('alice', CAP)
  for (const name of ['#a', '#b']) await asked(world, alice, `MARKREAD ${name} ${EARLY}`)
  await asked(world, alice, `MARKREAD #a ${LATE}`, `MARKREAD #c ${EARLY}`)
  const answers = await asked(world, alice, 'MARKREAD #a', 'MARKREAD #b', 'MARKREAD #c')
  assert.deepEqual(answers, [
    `:irc.test MARKREAD #a ${LATE}`,
    ':irc.test MARKREAD #b *',
    `:irc.test MARKREAD #c ${EARLY}`,
  ])
})

function logIn(world: World, actor: Actor, name: string): void {
  const session = world.core.network.sessions.get(actor.connection)
  assert.ok(session !== undefined)
  const account: Account = {
    name,
    key: foldCase(name),
    registeredAtMs: 0,
    certificates: [],
    appPasswords: [],
    language: 'en',
    settings: { protect: false },
    nicks: [],
  }
  if (!world.core.network.accounts.has(account.key)) {
    applyEvent(world.core, { kind: 'accountKept', account })
  }
  applyEvent(world.core, { kind: 'loggedIn', session, account })
}
