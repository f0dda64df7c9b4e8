import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scramClient } from '../support/scram-client.ts'
import { ask, connectAs, joinAs, plain, register } from '../support/account-people.ts'
import { World, type Actor } from '../support/world.ts'

const codes = (lines: readonly string[]) =>
  lines.map((line) => line.replace(/^:\S+ /, '').split(' ')[0])

async function negotiating(world: World, ...caps: string[]): Promise<Actor> {
  const actor = world.connect()
  await ask(world, actor, 'CAP LS 302', `CAP REQ :${['sasl', ...caps].join(' ')}`)
  return actor
}

// "Servers SHOULD advertise the available SASL authentication mechanisms in the value of the `sasl` client capability"
test('SASL - CAP LS names the mechanisms, EXTERNAL only for those who have a certificate', () => {
  const world = new World()
  assert.match(world.connect().asks('CAP LS 302').join(' '), / sasl=SCRAM-SHA-256,PLAIN /)
  const tls = { version: 'TLSv1.3', cipher: 'x', certificateFingerprint: 'ab'.repeat(32) }
  const secure = world.connect({ transport: 'tls', tls })
  assert.match(secure.asks('CAP LS 302').join(' '), / sasl=SCRAM-SHA-256,EXTERNAL,PLAIN /)
})

// "Servers MUST NOT advertise the `sasl` capability if the authentication layer is unavailable", and MUST NAK it.
test('SASL - where nothing is kept, there is none of it', async () => {
  const { accounts: _, ...server } = new World().core.server
  const world = new World()
  world.core.server = server
  const anna = world.connect()
  assert.doesNotMatch(anna.asks('CAP LS 302').join(' '), /sasl|account-registration/)
  assert.match(anna.asks('CAP REQ sasl').join(), /CAP \* NAK/)
  assert.deepEqual(codes(await ask(world, anna, 'AUTHENTICATE PLAIN')), ['904'])
  assert.match((await ask(world, anna, 'NICK a', 'REGISTER * * sesame')).join(), /FAIL REGISTER/)
})

test('SASL - PLAIN logs in before registration, with 900 and 903', async () => {
  const world = new World()
  await register(world, 'jilles')
  const anna = await negotiating(world)
  assert.deepEqual(await ask(world, anna, 'AUTHENTICATE PLAIN'), [':irc.test AUTHENTICATE +'])
  const lines = await ask(world, anna, `AUTHENTICATE ${plain('jilles', 'sesame', 'jilles')}`)
  assert.deepEqual(lines, [
    ':irc.test 900 * *!*@192-0-2-1.cloak jilles :You are now logged in as jilles',
    ':irc.test 903 * :SASL authentication successful',
  ])
  await ask(world, anna, 'NICK anna', 'USER a 0 * :a', 'CAP END')
  assert.match(anna.asks('WHOIS anna').join('\n'), / 330 anna anna jilles :is logged in as/)
})

test('SASL - a wrong password, an unknown account, another one to act as: 904 for all', async () => {
  const world = new World()
  await register(world, 'jilles')
  await register(world, 'other')
  for (const blob of [
    plain('jilles', 'millet'),
    plain('nobody', 'sesame'),
    plain('jilles', 'sesame', 'other'),
    plain('', 'sesame'),
    plain('jilles', ''),
    '!!!',
  ]) {
    const anna = await negotiating(world)
    await ask(world, anna, 'AUTHENTICATE PLAIN')
    assert.deepEqual(codes(await ask(world, anna, `AUTHENTICATE ${blob}`)), ['904'], blob)
  }
})

test('SASL - SCRAM-SHA-256 logs in after the client has confirmed', async () => {
  const world = new World()
  await register(world, 'Scram', 'sesame')
  const anna = await negotiating(world)
  const client = scramClient({ name: 'Scram', password: 'sesame', nonce: 'abc', gs2Header: 'n,,' })
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const said = (lines: readonly string[]) =>
    Buffer.from(lines[0]?.split(' ').at(-1) ?? '', 'base64').toString()
  await ask(world, anna, 'AUTHENTICATE SCRAM-SHA-256')
  const challenge = said(await ask(world, anna, `AUTHENTICATE ${base64(client.first)}`))
  const verifier = said(await ask(world, anna, `AUTHENTICATE ${base64(client.final(challenge))}`))
  assert.equal(verifier, client.verifier())
  assert.deepEqual(codes(await ask(world, anna, 'AUTHENTICATE +')), ['900', '903'])
})

test('SASL - abort is 906, a long line 905, another mechanism 908 and 904; then it begins anew', async () => {
  const world = new World()
  await register(world, 'jilles')
  const anna = await negotiating(world)
  await ask(world, anna, 'AUTHENTICATE PLAIN')
  assert.deepEqual(codes(await ask(world, anna, 'AUTHENTICATE *')), ['906'])
  await ask(world, anna, 'AUTHENTICATE PLAIN')
  assert.deepEqual(codes(await ask(world, anna, `AUTHENTICATE ${'A'.repeat(401)}`)), ['905'])
  const unknown = await ask(world, anna, 'AUTHENTICATE FOO')
  assert.deepEqual(codes(unknown), ['908', '904'])
  assert.match(unknown[0] ?? '', /908 \* SCRAM-SHA-256,PLAIN :/)
  await ask(world, anna, 'AUTHENTICATE PLAIN')
  const lines = await ask(world, anna, `AUTHENTICATE ${plain('jilles', 'sesame')}`)
  assert.deepEqual(codes(lines), ['900', '903'])
})

// "the server SHOULD abort it and send a 906 numeric, then register the client without authentication"
test('SASL - who ends the negotiation in the middle comes in as a guest', async () => {
  const world = new World()
  await register(world, 'jilles')
  const anna = await negotiating(world)
  await ask(world, anna, 'NICK anna', 'USER a 0 * :a', 'AUTHENTICATE PLAIN')
  assert.deepEqual(codes(await ask(world, anna, 'CAP END')).slice(0, 2), ['906', '001'])
  assert.doesNotMatch(anna.asks('WHOIS anna').join(), / 330 /)
  assert.deepEqual(codes(await ask(world, anna, 'AUTHENTICATE *')), ['906'])
})

test('SASL - who is here logs in as well, and those in the same rooms hear of it', async () => {
  const world = new World()
  await register(world, 'jilles')
  const anna = world.join('anna', 'sasl', 'account-notify')
  const ben = world.join('ben', 'account-notify')
  const old = world.join('old')
  for (const each of [anna, ben, old]) each.sends('JOIN #floor')
  for (const each of [anna, ben, old]) each.read()
  await ask(world, anna, 'AUTHENTICATE PLAIN')
  const lines = await ask(world, anna, `AUTHENTICATE ${plain('jilles', 'sesame')}`)
  assert.deepEqual(codes(lines), ['900', 'ACCOUNT', '903'])
  assert.deepEqual(ben.read(), [':anna!~anna@192-0-2-1.cloak ACCOUNT jilles'])
  assert.deepEqual(old.read(), [])
})

// "Servers SHOULD allow a client, authenticated or otherwise, to reauthenticate"
test('SASL - another account takes the place of the first; the same one changes nothing', async () => {
  const world = new World()
  await register(world, 'jilles')
  await register(world, 'val')
  const anna = await joinAs(world, 'anna', { account: 'jilles', caps: ['account-notify'] })
  await ask(world, anna, 'AUTHENTICATE PLAIN')
  const again = await ask(world, anna, `AUTHENTICATE ${plain('jilles', 'sesame')}`)
  assert.deepEqual(codes(again), ['900', '903'])
  await ask(world, anna, 'AUTHENTICATE PLAIN')
  const lines = await ask(world, anna, `AUTHENTICATE ${plain('val', 'sesame')}`)
  assert.deepEqual(codes(lines), ['900', 'ACCOUNT', 'ACCOUNT', '903'])
  assert.match(anna.asks('WHOIS anna').join(), / 330 anna anna val /)
})

// "Servers MAY disconnect ANY client at any time as a result of failed authentication […] but MUST provide the reason"
test('SASL - after five wrong passwords the connection ends', async () => {
  const world = new World()
  await register(world, 'jilles')
  const anna = await negotiating(world)
  for (let i = 0; i < 5; i++) {
    assert.equal(anna.closedWith, undefined)
    await ask(world, anna, 'AUTHENTICATE PLAIN', `AUTHENTICATE ${plain('jilles', `${i}`)}`)
  }
  assert.equal(anna.closedWith, 'Too many wrong passwords')
})

test('SASL - PASS account:password is for clients that know none of this', async () => {
  const world = new World()
  await register(world, 'jilles')
  const anna = world.connect()
  const lines = await ask(world, anna, 'PASS jilles:sesame', 'NICK jilles', 'USER a 0 * :a')
  assert.deepEqual(codes(lines).slice(0, 2), ['900', '001'])
  const wrong = world.connect()
  await ask(world, wrong, 'PASS jilles:millet', 'NICK ben', 'USER a 0 * :a')
  assert.match(wrong.closedWith ?? '', /^Password incorrect/)
  const other = world.connect()
  const guest = await ask(world, other, 'PASS nothing', 'NICK ben', 'USER a 0 * :a')
  assert.deepEqual(codes(guest).slice(0, 1), ['001'])
})

test('SASL - the password of the server is needed as well, and is no way into an account', async () => {
  const world = new World({ passwordHash: 'jilles:sesame' })
  const anna = world.connect()
  const lines = await ask(world, anna, 'PASS jilles:sesame', 'NICK anna', 'USER a 0 * :a')
  assert.deepEqual(codes(lines).slice(0, 1), ['001'])
  assert.doesNotMatch(anna.asks('WHOIS anna').join(), / 330 /)
})

test('SASL - the nick of another account is not to be had, its owner gets it', async () => {
  const world = new World()
  await register(world, 'anna')
  const thief = world.connect()
  assert.match(
    (await ask(world, thief, 'NICK anna')).join(),
    / 433 \* anna :.*belongs to an account/,
  )
  // A Cyrillic letter in it.
  assert.match((await ask(world, thief, 'NICK \u0430nna')).join(), / 433 /)
  const late = await connectAs(world, 'anna', { password: 'wrong' })
  assert.deepEqual(codes(late.read()).slice(-2), ['904', '433'])
  await joinAs(world, 'anna')
})
