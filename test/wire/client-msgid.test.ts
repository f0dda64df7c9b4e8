import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World, type Actor } from '../support/world.ts'

const CAPS = ['maru.chat/client-msgid', 'echo-message', 'message-tags', 'standard-replies', 'batch']
const ID = '0f8fad5b-d9cb-469f-a165-70867728950e'

async function room(): Promise<{ world: World; alice: Actor; bob: Actor }> {
  const world = new World({}, { log: true })
  const alice = world.join('alice', ...CAPS)
  const bob = world.join('bob', 'message-tags')
  alice.sends('JOIN #art')
  bob.sends('JOIN #art')
  await world.settles()
  alice.read()
  bob.read()
  return { world, alice, bob }
}

function say(text: string, id = ID): string {
  return `@maru.chat/client-msgid=${id} PRIVMSG #art :${text}`
}

test('CLIENT-MSGID - the echo carries the name, and nobody else gets to see it', async () => {
  const { world, alice, bob } = await room()
  alice.sends(say('hello'))
  await world.settles()
  const [echo = ''] = alice.read()
  assert.match(echo, new RegExp(`^@maru\\.chat/client-msgid=${ID};msgid=\\S+ :alice!`))
  const [heard = ''] = bob.read()
  assert.match(heard, /^@msgid=\S+ :alice!\S+ PRIVMSG #art :hello$/)
})

test('CLIENT-MSGID - what is sent again gives the same echo, and no second message', async () => {
  const { world, alice, bob } = await room()
  alice.sends(say('hello'))
  await world.settles()
  const first = alice.read()
  bob.read()
  world.passes(5000)
  alice.sends(say('hello'))
  await world.settles()
  assert.deepEqual(alice.read(), first)
  assert.deepEqual(bob.read(), [])
})

test('CLIENT-MSGID - twice before the log has either: said once, echoed twice', async () => {
  const { world, alice, bob } = await room()
  alice.sends(say('hello'), say('hello'))
  await world.settles()
  const [one, two, ...rest] = alice.read()
  assert.ok(one !== undefined && one === two && rest.length === 0)
  assert.equal(bob.read().length, 1)
})

test('CLIENT-MSGID - it holds over a new connection, also of a guest, and over a restart', async () => {
  const { world, alice, bob } = await room()
  alice.sends(say('hello'))
  await world.settles()
  const [first = ''] = alice.read()
  bob.read()
  alice.vanishes()
  await world.settles()
  const next = await world.restarts()
  const again = next.join('alice_', ...CAPS)
  again.sends('JOIN #art')
  await next.settles()
  again.read()
  again.sends(say('hello'))
  await next.settles()
  const msgid = /msgid=[^;\s]+ /.exec(first)?.[0] ?? 'none'
  assert.ok(again.read().some((line) => line.includes(msgid)))
})

test('CLIENT-MSGID - another message of the same name is refused', async () => {
  const { world, alice, bob } = await room()
  alice.sends(say('hello'))
  await world.settles()
  alice.read()
  bob.read()
  alice.sends(say('something else'), `@maru.chat/client-msgid=${ID} PRIVMSG bob :hello`)
  await world.settles()
  const refusal = `:irc.test FAIL PRIVMSG CLIENT_MSGID_REUSED ${ID} :You have called another message so`
  assert.deepEqual(alice.read(), [refusal, refusal])
  assert.deepEqual(bob.read(), [])
})

test('CLIENT-MSGID - it has 16 to 64 visible bytes, and one target', async () => {
  const { world, alice, bob } = await room()
  for (const id of ['short', 'x'.repeat(65), '가나다라마바사아자차카타파하가나']) {
    assert.match(alice.asks(say('hello', id))[0] ?? '', / FAIL PRIVMSG INVALID_CLIENT_MSGID /)
  }
  const two = `@maru.chat/client-msgid=${ID} PRIVMSG #art,bob :hello`
  assert.match(alice.asks(two)[0] ?? '', / FAIL PRIVMSG INVALID_CLIENT_MSGID .* one target$/)
  await world.settles()
  assert.deepEqual(bob.read(), [])
})

test('CLIENT-MSGID - names are forgotten after a day', async () => {
  const { world, alice, bob } = await room()
  alice.sends(say('hello'))
  await world.settles()
  world.passes(23 * 3_600_000)
  assert.equal(world.core.network.sent.size, 1)
  world.passes(3_600_001)
  assert.equal(world.core.network.sent.size, 0)
  bob.read()
})

test('CLIENT-MSGID - without the capability the tag means nothing', async () => {
  const { world, bob, alice } = await room()
  bob.sends(say('hello'), say('hello'))
  await world.settles()
  alice.read()
  assert.deepEqual(bob.read(), [])
  assert.equal(world.core.network.sent.size, 0)
})

test('CLIENT-MSGID - a message in several lines has its name on the opening of the batch', async () => {
  const world = new World({}, { log: true })
  const alice = world.join('alice', ...CAPS, 'draft/multiline')
  alice.sends('JOIN #art')
  await world.settles()
  alice.read()
  const lines = [
    `@maru.chat/client-msgid=${ID} BATCH +a draft/multiline #art`,
    '@batch=a PRIVMSG #art :one',
    '@batch=a PRIVMSG #art :two',
    'BATCH -a',
  ]
  alice.sends(...lines)
  await world.settles()
  const first = alice.read()
  assert.match(first[0] ?? '', new RegExp(`^@maru\\.chat/client-msgid=${ID};msgid=`))
  assert.equal(first.length, 4)
  alice.sends(...lines)
  await world.settles()
  assert.deepEqual(alice.read(), first)
})
