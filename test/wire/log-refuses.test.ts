import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommitRefused } from '../../src/history/store.ts'
import { World, type Actor } from '../support/world.ts'
import { WorldLog } from '../support/world-log.ts'

const FULL = new CommitRefused('full', 'no space left on the disk')
const WHY = 'Not sent: the server cannot keep messages at the moment'

interface Scene {
  readonly world: World
  readonly log: WorldLog
  readonly alice: Actor
  readonly bob: Actor
}

/** Alice and Bob in #art. */
async function scene(...caps: readonly string[]): Promise<Scene> {
  const log = new WorldLog()
  const world = new World({}, { log })
  const alice = world.join('alice', ...caps)
  const bob = world.join('bob')
  alice.sends('JOIN #art')
  bob.sends('JOIN #art')
  await world.settles()
  alice.read()
  bob.read()
  return { world, log, alice, bob }
}

const MODERN = ['labeled-response', 'echo-message', 'standard-replies', 'batch', 'message-tags']

test('LOG REFUSES - the sender gets a labelled FAIL, and nobody sees the message', async () => {
  const { world, log, alice, bob } = await scene(...MODERN)
  log.refusal = FULL
  alice.sends('@label=1 PRIVMSG #art :hello', '@label=2 PRIVMSG bob :hello')
  await world.settles()
  assert.deepEqual(alice.read(), [
    `@label=1 :irc.test FAIL PRIVMSG TEMPORARILY_UNAVAILABLE #art :${WHY}`,
    `@label=2 :irc.test FAIL PRIVMSG TEMPORARILY_UNAVAILABLE bob :${WHY}`,
  ])
  assert.deepEqual(bob.read(), [])
  log.refusal = undefined
  alice.sends('@label=3 PRIVMSG #art :again')
  await world.settles()
  assert.match(alice.read()[0] ?? '', /^@label=3;msgid=\S+ :alice!\S+ PRIVMSG #art :?again$/)
  assert.match(bob.read()[0] ?? '', /:alice!\S+ PRIVMSG #art :?again$/)
})

test('LOG REFUSES - a plain client gets a numeric, and nothing for a NOTICE', async () => {
  const { world, log, alice, bob } = await scene()
  log.refusal = FULL
  alice.sends('PRIVMSG #art :hello', 'PRIVMSG bob :hello', 'NOTICE #art :hello')
  await world.settles()
  assert.deepEqual(alice.read(), [
    `:irc.test 404 alice #art :Cannot send to channel (${WHY})`,
    `:irc.test 531 alice bob :Cannot send to user (${WHY})`,
  ])
  assert.deepEqual(bob.read(), [])
})

test('LOG REFUSES - what happens all the same is shown, and kept as soon as it can be', async () => {
  const { world, log, alice, bob } = await scene(...MODERN)
  log.refusal = FULL
  bob.sends('PART #art :gone')
  await world.settles()
  assert.match(alice.read()[0] ?? '', / PART #art :?gone$/)
  log.refusal = undefined
  alice.sends('PRIVMSG #art :hello')
  await world.settles()
  const { buffer } = world.core.network.channels.get('#art') ?? {}
  assert.ok(buffer !== undefined)
  const sight = { lines: 'all', ranks: 0, sinceMs: 0 } as const
  const page = await log.asks.page({ buffer, span: { kind: 'latest' }, sight, limit: 10 })
  assert.ok(page.kind === 'page')
  assert.deepEqual(
    page.events.map(({ command }) => command),
    ['JOIN', 'JOIN', 'PART', 'PRIVMSG'],
  )
})

test('LOG REFUSES - a message that was refused may be sent again under its name', async () => {
  const { world, log, alice, bob } = await scene(...MODERN, 'maru.chat/client-msgid')
  const line = '@maru.chat/client-msgid=0123456789abcdef PRIVMSG #art :hello'
  log.refusal = FULL
  // The second one waits for what becomes of the first, and is then said itself.
  alice.sends(line, line)
  await world.settles()
  assert.equal(alice.read().filter((each) => each.includes(' FAIL PRIVMSG ')).length, 2)
  assert.equal(world.core.network.sent.size, 0)
  log.refusal = undefined
  alice.sends(line)
  await world.settles()
  assert.match(alice.read()[0] ?? '', /PRIVMSG #art :?hello$/)
  assert.equal(bob.read().length, 1)
})

test('LOG REFUSES - the farewell of who leaves is not held back for ever, nor is an answer to anything else', async () => {
  const { world, log, alice, bob } = await scene()
  log.refusal = FULL
  alice.sends('PRIVMSG #art :hello', 'PING x', 'QUIT :bye')
  await world.settles()
  const lines = alice.read()
  assert.match(lines[0] ?? '', / 404 /)
  assert.ok(lines.some((line) => line.includes(' PONG ')))
  assert.match(alice.closedWith ?? '', /bye/)
  assert.match(bob.read()[0] ?? '', / QUIT /)
})
