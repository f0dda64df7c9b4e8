import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setChannelModes, setUserModes, userOf } from '../support/facts.ts'
import { World, type Actor } from '../support/world.ts'

const HOST = '192-0-2-1.cloak'
const SIGNED_ON = Date.UTC(2026, 0, 1, 12) / 1000

function codes(lines: readonly string[]): string[] {
  return lines.map((line) => line.split(' ')[1] ?? '')
}

function channelsOf(asker: Actor, nick: string): string | undefined {
  const line = asker.asks(`WHOIS ${nick}`).find((each) => each.includes(' 319 '))
  return line?.split(' ').slice(4).join(' ').replace(/^:/, '')
}

test('WHOIS - tells who somebody is', () => {
  const world = new World()
  const alice = world.join('alice')
  world.join('Bob')
  world.passes(31_000)
  assert.deepEqual(alice.asks('WHOIS bob'), [
    `:irc.test 311 alice Bob ~Bob ${HOST} * :Bob real`,
    ':irc.test 312 alice Bob irc.test :Test server',
    `:irc.test 317 alice Bob 31 ${SIGNED_ON} :seconds idle, signon time`,
    ':irc.test 318 alice bob :End of /WHOIS list',
  ])
})

test('WHOIS - account, bot, operator, away and a secure connection', async () => {
  const world = new World()
  const alice = world.join('alice')
  const bob = world.connect({ transport: 'tls' })
  bob.sends('NICK bob', 'USER bob 0 * :Bob', 'OPER root secret')
  await world.settles()
  bob.sends('AWAY :lunch')
  setUserModes(world, 'bob', '+B')
  userOf(world, 'bob').account = 'robert'
  const lines = alice.asks('WHOIS bob')
  assert.deepEqual(lines.slice(2, 7), [
    ':irc.test 313 alice bob :is an IRC operator',
    ':irc.test 330 alice bob robert :is logged in as',
    ':irc.test 335 alice bob :is a bot on Test',
    ':irc.test 671 alice bob :is using a secure connection',
    ':irc.test 301 alice bob lunch',
  ])
})

test('WHOIS - real host, modes and certificate: for oneself, and for operators', async () => {
  const world = new World()
  const tls = { version: 'TLSv1.3', cipher: 'x', certificateFingerprint: 'ab12' }
  const bob = world.connect({ transport: 'tls', tls, address: '2001:db8::7' })
  bob.sends('NICK bob', 'USER bob 0 * :Bob')
  bob.read()
  const facts = [
    ':irc.test 338 bob bob ~bob@2001:db8::7 2001:db8::7 :actually using host',
    ':irc.test 379 bob bob :is using modes +i',
    ':irc.test 276 bob bob :has client certificate fingerprint ab12',
  ]
  const own = bob.asks('WHOIS bob')
  for (const fact of facts) assert.ok(own.includes(fact), fact)
  const root = await world.joinAsOperator('root')
  const seen = root.asks('WHOIS bob')
  for (const fact of facts) assert.ok(seen.includes(fact.replace(' bob ', ' root ')), fact)
  const strangers = codes(world.join('carol').asks('WHOIS bob'))
  for (const code of ['338', '379', '276']) assert.ok(!strangers.includes(code), code)
})

test('WHOIS - channels: those that the asker may know of', async () => {
  const world = new World()
  const bob = world.join('bob')
  const alice = world.join('alice')
  bob.sends('JOIN #art,#code')
  bob.read()
  assert.equal(channelsOf(alice, 'bob'), undefined, 'bob is invisible')
  alice.sends('JOIN #art')
  alice.read()
  assert.equal(channelsOf(alice, 'bob'), '@#art')
  setUserModes(world, 'bob', '-i')
  assert.equal(channelsOf(alice, 'bob'), '@#art @#code')
  setChannelModes(world, '#code', '+s')
  alice.read()
  assert.equal(channelsOf(alice, 'bob'), '@#art')
  assert.equal(channelsOf(bob, 'bob'), '@#art @#code')
  assert.equal(channelsOf(await world.joinAsOperator('root'), 'bob'), '@#art @#code')
})

test('WHOIS - many channels take several lines, none too long', () => {
  const world = new World()
  const alice = world.join('alice')
  const names = Array.from({ length: 30 }, (_, i) => `#${'x'.repeat(50)}${i}`)
  for (const name of names) alice.sends(`JOIN ${name}`)
  alice.read()
  const lines = alice.asks('WHOIS alice').filter((line) => line.includes(' 319 '))
  assert.ok(lines.length > 1)
  for (const line of lines) assert.ok(line.length <= 510)
  assert.equal(lines.flatMap((line) => line.split(' :')[1]?.split(' ') ?? []).length, 30)
})

test('WHOIS - of nobody: 401, then 318', () => {
  const alice = new World().join('alice')
  assert.deepEqual(alice.asks('WHOIS nobody'), [
    ':irc.test 401 alice nobody :No such nick',
    ':irc.test 318 alice nobody :End of /WHOIS list',
  ])
  assert.deepEqual(alice.asks('WHOIS'), [':irc.test 431 alice :No nickname given'])
})

test('WHOIS - with a server: this one, a mask of it, or a nick', () => {
  const world = new World()
  const alice = world.join('alice')
  world.join('bob')
  for (const server of ['irc.test', '*.test', 'bob']) {
    assert.equal(codes(alice.asks(`WHOIS ${server} bob`))[0], '311', server)
  }
  assert.deepEqual(alice.asks('WHOIS other.test bob'), [
    ':irc.test 402 alice other.test :No such server',
  ])
})

test('WHOIS - several nicks, up to the limit of targets', () => {
  const world = new World()
  const alice = world.join('alice')
  world.join('bob')
  const lines = codes(alice.asks('WHOIS alice,bob'))
  assert.equal(lines.filter((code) => code === '311').length, 2)
  assert.equal(lines.filter((code) => code === '318').length, 1)
  assert.deepEqual(alice.asks('WHOIS a,b,c,d,e'), [
    ':irc.test 407 alice a,b,c,d,e :Too many targets: nothing was looked up',
    ':irc.test 318 alice a,b,c,d,e :End of /WHOIS list',
  ])
})

test('WHOWAS - "returning the most recent entry first", as many as were asked for', () => {
  const world = new World()
  const alice = world.join('alice')
  for (const user of ['one', 'two']) {
    const bob = world.connect()
    bob.sends('NICK Bob', `USER ${user} 0 * :Bob`, 'QUIT')
  }
  const all = [
    `:irc.test 314 alice Bob ~two ${HOST} * Bob`,
    ':irc.test 312 alice Bob irc.test :Thu, 01 Jan 2026 12:00:00 GMT',
    `:irc.test 314 alice Bob ~one ${HOST} * Bob`,
    ':irc.test 312 alice Bob irc.test :Thu, 01 Jan 2026 12:00:00 GMT',
  ]
  const end = ':irc.test 369 alice bob :End of WHOWAS'
  for (const count of ['', ' 2', ' 0', ' -1', ' x']) {
    assert.deepEqual(alice.asks(`WHOWAS bob${count}`), [...all, end], count)
  }
  assert.deepEqual(alice.asks('WHOWAS bob 1'), [...all.slice(0, 2), end])
})

test('WHOWAS - of nobody: 406, then 369; a nick that was changed counts', () => {
  const world = new World()
  const alice = world.join('alice')
  assert.deepEqual(alice.asks('WHOWAS bob'), [
    ':irc.test 406 alice bob :There was no such nickname',
    ':irc.test 369 alice bob :End of WHOWAS',
  ])
  world.join('bob').sends('NICK robert')
  assert.equal(codes(alice.asks('WHOWAS bob'))[0], '314')
  assert.deepEqual(alice.asks('WHOWAS'), [':irc.test 431 alice :No nickname given'])
})

test('WHOWAS - the real host is for operators who see hosts', async () => {
  const world = new World()
  world.join('bob').sends('QUIT')
  const alice = world.join('alice')
  assert.ok(!codes(alice.asks('WHOWAS bob')).includes('338'))
  const root = await world.joinAsOperator('root')
  assert.ok(
    root
      .asks('WHOWAS bob')
      .includes(':irc.test 338 root bob ~bob@192.0.2.1 192.0.2.1 :actually using host'),
  )
})

test('WHOWAS - masks are for operators who see whoever hides', async () => {
  const world = new World()
  for (const [nick, address] of [
    ['bob', '203.0.113.5'],
    ['bobby', '203.0.113.9'],
    ['rob', '198.51.100.1'],
  ] as const) {
    const actor = world.connect({ address })
    actor.sends(`NICK ${nick}`, `USER ${nick} 0 * :x`, 'QUIT')
  }
  const root = await world.joinAsOperator('root')
  const guard = await world.joinAsOperator('guard', 'guard')
  const nicks = (lines: readonly string[]) =>
    lines.flatMap((line) => / 314 \S+ (\S+) /.exec(line)?.[1] ?? [])
  assert.deepEqual(nicks(root.asks('WHOWAS bob*')), ['bobby', 'bob'])
  assert.deepEqual(nicks(root.asks('WHOWAS *@203.0.113.* 1')), ['bobby'])
  assert.deepEqual(nicks(root.asks('WHOWAS ?ob!*@198.51.100.1')), ['rob'])
  assert.deepEqual(codes(root.asks('WHOWAS *!*@192.0.2.200')), ['406', '369'])
  assert.deepEqual(nicks(root.asks('WHOWAS bob')), ['bob'])
  assert.deepEqual(codes(guard.asks('WHOWAS bob*')), ['406', '369'])
})

test('USERHOST - up to five nicks, who is away, who is an operator', async () => {
  const world = new World()
  const alice = world.join('alice')
  await world.joinAsOperator('root')
  alice.sends('AWAY :lunch')
  alice.read()
  assert.deepEqual(alice.asks('USERHOST Alice nobody root'), [
    `:irc.test 302 alice :alice=-~alice@${HOST} root*=+~root@${HOST}`,
  ])
  const lines = world.join('bob', 'standard-replies').asks('USERHOST a b c d e alice')
  assert.deepEqual(lines, [
    ':irc.test 302 bob :',
    ':irc.test WARN USERHOST TOO_MANY_NICKS 5 :USERHOST answers for 5 nicks at most: the rest were left out',
  ])
})

test('ISON - those who are here, as they write themselves', () => {
  const world = new World()
  const alice = world.join('alice')
  world.join('Bob')
  assert.deepEqual(alice.asks('ISON bob nobody ALICE'), [':irc.test 303 alice :Bob alice'])
  assert.deepEqual(alice.asks('ISON :bob nobody alice'), [':irc.test 303 alice :Bob alice'])
  assert.deepEqual(alice.asks('ISON nobody'), [':irc.test 303 alice :'])
})
