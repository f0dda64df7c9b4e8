import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountPolicy } from '../../src/commands/account-policy.ts'
import { ask, joinAs } from '../support/account-people.ts'
import { TEST_SERVER, World, type Actor } from '../support/world.ts'

function worldWith(changes: Partial<AccountPolicy>): World {
  if (TEST_SERVER.accounts === undefined) throw new Error('the test server has accounts')
  return new World({ accounts: { ...TEST_SERVER.accounts, ...changes } })
}

const CAPS = ['draft/account-registration', 'standard-replies'] as const

function answers(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/^:irc\.test /, ''))
}

async function failure(world: World, actor: Actor, line: string): Promise<string> {
  const [first = ''] = answers(await ask(world, actor, line))
  return first.replace(/ :.*$/, '')
}

// "If <account> is `*`, then this value is the user's current nickname."
test('REGISTER - makes an account like the nick, and logs in to it', async () => {
  const world = new World()
  const bar = world.join('bar', ...CAPS)
  assert.deepEqual(answers(await ask(world, bar, 'REGISTER * * sesame')), [
    'REGISTER SUCCESS bar :Account registered',
    '900 bar bar!~bar@192-0-2-1.cloak bar :You are now logged in as bar',
  ])
  await joinAs(world, 'bar')
})

// "`custom-account-name` - if present, the account name can be different from the user's current nickname"
test('REGISTER - the account may have another name, as the capability says', async () => {
  const world = new World()
  const bar = world.join('bar', ...CAPS)
  assert.match(
    bar.asks('CAP LS 302').join(' '),
    /draft\/account-registration=before-connect,custom-account-name /,
  )
  assert.match((await ask(world, bar, 'REGISTER foo * sesame')).join(), /REGISTER SUCCESS foo /)
})

// "`before-connect` - if present, indicates the server supports early registration"
test('REGISTER - before the connection is complete, as far as the settings allow', async () => {
  const world = new World()
  const early = world.connect()
  assert.equal(await failure(world, early, 'REGISTER * * sesame'), 'FAIL REGISTER NEED_NICK *')
  const lines = await ask(world, early, 'CAP LS 302', 'NICK early', 'REGISTER * * sesame')
  assert.match(lines.join('\n'), /REGISTER SUCCESS early [^\n]*\n[^\n]* 900 \* early!/)
  await ask(world, early, 'USER e 0 * :e', 'CAP END')
  assert.match(early.asks('WHOIS early').join('\n'), / 330 early early early /)
  const late = worldWith({ beforeConnect: false })
  const client = late.connect()
  client.asks('CAP LS 302', 'NICK early')
  const refused = 'FAIL REGISTER COMPLETE_CONNECTION_REQUIRED *'
  assert.equal(await failure(late, client, 'REGISTER * * sesame'), refused)
  assert.doesNotMatch(client.asks('CAP LS 302').join(' '), /registration=before-connect/)
})

// "this functionality cannot be used to bypass any authentication restrictions defined in the server configuration"
test('REGISTER - the password of the server comes first', async () => {
  const world = new World({ passwordHash: 'open' })
  const client = world.connect()
  client.asks('CAP LS 302', 'NICK early')
  assert.equal(
    await failure(world, client, 'REGISTER * * sesame'),
    'FAIL REGISTER COMPLETE_CONNECTION_REQUIRED *',
  )
  assert.equal(
    await failure(world, client, 'VERIFY early 1'),
    'FAIL VERIFY COMPLETE_CONNECTION_REQUIRED early',
  )
})

test('REGISTER - names that are taken, look like another, or are no names are refused', async () => {
  const world = new World()
  const anna = world.join('anna', ...CAPS)
  await ask(world, anna, 'REGISTER * * sesame')
  world.join('guest_root')
  const bar = world.join('bar', ...CAPS)
  for (const [name, code] of [
    ['anna', 'ACCOUNT_EXISTS'],
    ['ANNA', 'ACCOUNT_EXISTS'],
    // A Cyrillic letter.
    ['\u0430nna', 'ACCOUNT_EXISTS'],
    ['guest_root', 'ACCOUNT_EXISTS'],
    ['NickServ', 'BAD_ACCOUNT_NAME'],
    ['N1ckServ', 'BAD_ACCOUNT_NAME'],
    ['Guest7', 'BAD_ACCOUNT_NAME'],
    ['a b', 'BAD_ACCOUNT_NAME'],
    ['#x', 'BAD_ACCOUNT_NAME'],
    ['n'.repeat(33), 'BAD_ACCOUNT_NAME'],
  ] as const) {
    const line = name.includes(' ') ? 'REGISTER a* * sesame' : `REGISTER ${name} * sesame`
    const [answer = ''] = answers(await ask(world, bar, line))
    assert.match(answer, new RegExp(`^FAIL REGISTER ${code} `), name)
  }
  assert.equal(world.core.network.accounts.size, 1)
})

// "cannot register it out from under the anonymous nick holder"
test('REGISTER - whoever has a nick keeps it: no stranger makes an account of it', async () => {
  const world = new World()
  world.join('root')
  const other = world.connect()
  const lines = await ask(world, other, 'CAP LS 302', 'NICK root', 'REGISTER * * sesame')
  assert.match(lines.join('\n'), /FAIL REGISTER ACCOUNT_EXISTS root /)
})

test('REGISTER - passwords that are short, the name itself, or an app password are refused', async () => {
  const world = new World()
  const bar = world.join('barbara', ...CAPS)
  for (const [password, code] of [
    ['abc', 'WEAK_PASSWORD'],
    ['Barbara', 'WEAK_PASSWORD'],
    [`maru-${'a'.repeat(26)}`, 'UNACCEPTABLE_PASSWORD'],
  ] as const) {
    assert.equal(
      await failure(world, bar, `REGISTER * * ${password}`),
      `FAIL REGISTER ${code} barbara`,
    )
  }
})

// "`email-required` - if present, registrations require a valid email address to process"
test('REGISTER - with an e-mail address where one is asked for', async () => {
  const world = worldWith({ requireEmail: true })
  const bar = world.join('bar', ...CAPS)
  assert.match(bar.asks('CAP LS 302').join(' '), /custom-account-name,email-required/)
  for (const email of ['*', 'nothing', 'a@']) {
    assert.equal(
      await failure(world, bar, `REGISTER * ${email} sesame`),
      'FAIL REGISTER INVALID_EMAIL bar',
    )
  }
  await ask(world, bar, 'REGISTER * bar@example.org sesame')
  assert.equal(world.core.network.accounts.get('bar')?.email, 'bar@example.org')
})

test('REGISTER - closed to everybody, or open to those who are invited', async () => {
  const closed = worldWith({ registration: 'closed' })
  const bar = closed.join('bar', ...CAPS)
  const unavailable = 'FAIL REGISTER TEMPORARILY_UNAVAILABLE bar'
  assert.equal(await failure(closed, bar, 'REGISTER * * sesame'), unavailable)
  const invited = worldWith({ registration: 'invite' })
  const ben = invited.join('ben', ...CAPS)
  assert.match(await failure(invited, ben, 'REGISTER * * sesame'), /^FAIL REGISTER INV/)
  assert.match(await failure(invited, ben, 'REGISTER * * sesame code'), /^FAIL REGISTER INV/)
  assert.equal(invited.core.network.accounts.size, 0)
})

test('REGISTER - so many accounts from an address in an hour, and no more', async () => {
  const world = worldWith({ registrationsPerHour: 2 })
  for (const nick of ['a1', 'a2']) {
    const actor = world.join(nick, ...CAPS)
    assert.match((await ask(world, actor, 'REGISTER * * sesame')).join(), /SUCCESS/)
  }
  const third = world.join('a3', ...CAPS)
  const refused = 'FAIL REGISTER TEMPORARILY_UNAVAILABLE a3'
  assert.equal(await failure(world, third, 'REGISTER * * sesame'), refused)
  const elsewhere = world.connect({ address: '198.51.100.7' })
  const lines = await ask(world, elsewhere, 'NICK a4', 'USER a 0 * :a', 'REGISTER * * sesame')
  assert.match(lines.join(), /SUCCESS/)
  const local = world.connect({ address: '127.0.0.1' })
  await ask(world, local, 'NICK l0', 'USER a 0 * :a')
  for (const name of ['l0', 'l1', 'l2']) {
    await ask(world, local, `REGISTER ${name} * sesame`)
    await ask(world, local, 'NS LOGOUT', `NICK ${name}x`)
  }
  assert.equal(world.core.network.accounts.has('l2'), true)
})

// "Sent by the server if the client is already authenticated."
test('REGISTER - once is enough; VERIFY has nothing to verify', async () => {
  const world = new World()
  const bar = world.join('bar', ...CAPS)
  await ask(world, bar, 'REGISTER * * sesame')
  assert.equal(
    await failure(world, bar, 'REGISTER foo * sesame'),
    'FAIL REGISTER ALREADY_AUTHENTICATED foo',
  )
  assert.equal(await failure(world, bar, 'VERIFY bar 123'), 'FAIL VERIFY INVALID_CODE bar')
})

test('REGISTER - of two who want a name at once, one gets it', async () => {
  const world = new World()
  const [bar, ben] = [world.join('bar', ...CAPS), world.join('ben', ...CAPS)]
  bar.sends('REGISTER anna * sesame')
  ben.sends('REGISTER anna * tulips')
  await world.settles()
  const all = [...bar.read(), ...ben.read()].join('\n')
  assert.equal(all.match(/REGISTER SUCCESS anna/g)?.length, 1)
  assert.equal(all.match(/FAIL REGISTER ACCOUNT_EXISTS anna/g)?.length, 1)
})

test('REGISTER - what is registered is there after the end of the server', async () => {
  const before = new World({}, { log: true })
  const anna = before.join('Anna', ...CAPS)
  await ask(before, anna, 'REGISTER * anna@example.org sesame', 'NS SET LANGUAGE ko')
  const account = before.core.network.accounts.get('anna')
  const world = await before.restarts()
  assert.deepEqual(world.core.network.accounts.get('anna'), account)
  await joinAs(world, 'anna')
})
