import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMessage } from '../../src/protocol/message.ts'
import { joinLoggedIn, logIn } from '../support/log-in.ts'
import { type Actor, World } from '../support/world.ts'

const CAPS = ['batch', 'draft/metadata-2', 'standard-replies'] as const

function together(world: World, room = '#floor'): [Actor, Actor] {
  const [alice, bob] = [world.join('alice', ...CAPS), world.join('bob', ...CAPS)]
  for (const actor of [alice, bob]) actor.sends(`JOIN ${room}`)
  for (const actor of [alice, bob]) actor.read()
  return [alice, bob]
}

/** Commands and parameters, without batches' references, one text a line. */
function lines(actor: Actor, ...sent: readonly string[]): string[] {
  return actor.asks(...sent).map((line) => {
    const message = parseMessage(line)
    const params = message?.params ?? []
    const [first = '', ...rest] = params
    const shown = message?.command === 'BATCH' ? [first.slice(0, 1), ...rest] : params
    return [message?.command, ...shown].join(' ')
  })
}

test('METADATA - the capability says what is possible', () => {
  const world = new World()
  const shown = world.connect().asks('CAP LS 302').join(' ')
  assert.match(
    shown,
    /draft\/metadata-2=before-connect,max-subs=50,max-keys=20,max-value-bytes=256/,
  )
})

test('METADATA - "the server carries out the requested change and responds with one RPL_KEYVALUE"', () => {
  const world = new World()
  const [alice, bob] = together(world)
  assert.deepEqual(lines(alice, 'METADATA * SET display-name :Alice L.'), [
    '761 alice alice display-name * Alice L.',
  ])
  assert.deepEqual(lines(bob, 'METADATA alice GET display-name role $x$'), [
    'BATCH + metadata alice',
    '761 bob alice display-name * Alice L.',
    '766 bob alice role key not set',
    'FAIL METADATA KEY_INVALID $x$ A key is made of a-z, 0-9, _ . / and -',
    'BATCH -',
  ])
  assert.deepEqual(lines(alice, 'METADATA * SET display-name'), [
    '766 alice alice display-name key not set',
  ])
  assert.match(lines(alice, 'METADATA * SET display-name').join(''), /^FAIL METADATA KEY_NOT_SET/)
  assert.deepEqual(lines(bob, 'METADATA alice LIST'), ['BATCH + metadata alice', 'BATCH -'])
  assert.deepEqual(lines(alice, 'METADATA * SET status :'), ['761 alice alice status * '])
})

test('METADATA - "If the target is not valid, ONLY a FAIL METADATA INVALID_TARGET reply is sent"', () => {
  const world = new World()
  const alice = world.join('alice', ...CAPS)
  for (const target of ['nobody', '#nowhere', '$a:user']) {
    const answer = lines(alice, `METADATA ${target} LIST`)
    assert.equal(answer.length, 1)
    assert.match(answer[0] ?? '', /^FAIL METADATA INVALID_TARGET/)
  }
  assert.match(
    lines(alice, 'METADATA * DESTROY').join(''),
    /^FAIL METADATA SUBCOMMAND_INVALID DESTROY/,
  )
})

test('METADATA - those who subscribed hear of it when they share a room, and nobody else', () => {
  const world = new World()
  const [alice, bob] = together(world)
  const [carol, dave] = [world.join('carol', ...CAPS), world.join('dave', 'batch')]
  dave.sends('JOIN #floor')
  bob.read()
  assert.deepEqual(lines(bob, 'METADATA * SUB role avatar'), [
    '770 bob role avatar',
    'BATCH + metadata #floor',
    'BATCH -',
  ])
  carol.sends('METADATA * SUB role')
  carol.read()
  dave.read()
  alice.sends('METADATA * SET role :programmer', 'METADATA * SET color :#c90076')
  assert.deepEqual(bob.read(), [':alice!~alice@192-0-2-1.cloak METADATA alice role * programmer'])
  alice.sends('METADATA * SET role')
  assert.deepEqual(lines(bob), ['METADATA alice role *'])
  assert.deepEqual([carol.read(), dave.read()], [[], []])
  carol.sends('MONITOR + alice')
  carol.read()
  alice.sends('METADATA * SET role :artist')
  assert.deepEqual(lines(carol), ['METADATA alice role * artist'])
  bob.sends('METADATA * UNSUB role')
  bob.read()
  alice.sends('METADATA * SET role :planner')
  assert.deepEqual(bob.read(), [])
})

test('METADATA - who comes into a room is shown what they want to hear of, and shown to the others', () => {
  const world = new World()
  const [alice, bob] = together(world)
  alice.sends('METADATA * SET role :artist', 'METADATA #floor SET homepage :https://floor.example')
  const carol = world.join('carol', ...CAPS)
  carol.sends(
    'METADATA * SUB role homepage',
    'METADATA * SET role :planner',
    'METADATA * SET status :here',
  )
  bob.sends('METADATA * SUB role')
  for (const actor of [alice, bob, carol]) actor.read()
  assert.deepEqual(
    lines(carol, 'JOIN #floor').slice(-5),
    [
      '366 carol #floor End of /NAMES list',
      'BATCH + metadata #floor',
      'METADATA #floor homepage * https://floor.example',
      'METADATA alice role * artist',
      'METADATA carol role * planner',
    ]
      .concat('BATCH -')
      .slice(-5),
  )
  assert.deepEqual(lines(bob), ['JOIN #floor', 'METADATA carol role * planner'])
  assert.deepEqual(lines(alice), ['JOIN #floor'])
})

test('METADATA - "clients SHOULD receive the current values when they MONITOR a user"', () => {
  const world = new World()
  const alice = world.join('alice', ...CAPS)
  alice.sends('METADATA * SET role :artist')
  const bob = world.join('bob', ...CAPS)
  bob.sends('METADATA * SUB role')
  bob.read()
  assert.deepEqual(lines(bob, 'MONITOR + alice').slice(1), [
    'BATCH + metadata alice',
    'METADATA alice role * artist',
    'BATCH -',
  ])
})

test('METADATA - is said before registration, and shown in the registration burst', () => {
  const world = new World()
  const watcher = world.join('watcher', ...CAPS)
  watcher.sends('METADATA * SUB role', 'MONITOR + alice')
  watcher.read()
  const alice = world.connect()
  alice.sends('CAP LS 302', `CAP REQ :${CAPS.join(' ')}`)
  alice.read()
  assert.deepEqual(
    lines(alice, 'METADATA * SUB role', 'METADATA * SET role :artist', 'METADATA alice LIST'),
    [
      '770 * role',
      '761 * * role * artist',
      'FAIL METADATA INVALID_TARGET alice Until you are registered there is only *',
    ],
  )
  const burst = lines(alice, 'NICK alice', 'USER alice 0 * :Alice', 'CAP END')
  const from = burst.indexOf('BATCH + metadata alice')
  const expected = ['BATCH + metadata alice', 'METADATA alice role * artist', 'BATCH -']
  assert.deepEqual(burst.slice(from, from + 3), expected)
  assert.ok(from < burst.findIndex((line) => line.startsWith('376 ')))
  assert.deepEqual(lines(watcher), [
    '730 watcher alice!~alice@192-0-2-1.cloak',
    'METADATA alice role * artist',
  ])
})

test('METADATA - "If none exists, the server MUST send an empty batch instead"', () => {
  const world = new World()
  const alice = world.connect()
  alice.sends('CAP LS 302', `CAP REQ :${CAPS.join(' ')}`, 'NICK alice', 'USER a 0 * :A')
  const burst = lines(alice, 'CAP END')
  const from = burst.indexOf('BATCH + metadata alice')
  assert.equal(burst[from + 1], 'BATCH -')
})

test('METADATA - of others nobody changes anything, but for operators of the server', async () => {
  const world = new World()
  const [alice, bob] = together(world)
  bob.sends('METADATA * SET color :#c90076')
  bob.read()
  assert.match(
    lines(alice, 'METADATA bob SET role :fool').join(''),
    /^FAIL METADATA KEY_NO_PERMISSION bob role/,
  )
  assert.match(
    lines(alice, 'METADATA bob CLEAR').join(''),
    /^FAIL METADATA KEY_NO_PERMISSION bob \*/,
  )
  assert.match(lines(bob, 'METADATA #floor SET role :x').join(''), /KEY_NO_PERMISSION #floor role/)
  const root = await world.joinAsOperator('root', 'root', ...CAPS)
  bob.sends('METADATA * SUB color')
  bob.read()
  assert.deepEqual(lines(root, 'METADATA bob CLEAR'), [
    'BATCH + metadata bob',
    '766 root bob color key not set',
    'BATCH -',
  ])
  assert.deepEqual(lines(bob), ['METADATA bob color *'])
  assert.ok(world.logged.some(([action]) => action === 'metadata'))
})

test('METADATA - of a room is for those who are in it or could come in', () => {
  for (const mode of ['+s', '+i', '+k secret', '+b bob!*@*', '+R']) {
    const world = new World()
    const alice = world.join('alice', ...CAPS)
    alice.sends('JOIN #den', 'METADATA #den SET display-name :The Den', `MODE #den ${mode}`)
    const bob = world.join('bob', ...CAPS)
    bob.sends('METADATA * SUB display-name')
    bob.read()
    for (const what of ['GET display-name', 'LIST', 'SYNC']) {
      const answer = lines(bob, `METADATA #den ${what}`).join('\n')
      assert.ok(answer !== '' && !answer.includes('The Den'), `${mode} ${what}: ${answer}`)
    }
    alice.sends('METADATA #den SET display-name :Still The Den')
    assert.deepEqual(bob.read(), [], mode)
  }
  const world = new World()
  world.join('alice').sends('JOIN #open', 'METADATA #open SET display-name :Open')
  const bob = world.join('bob', ...CAPS)
  assert.ok(lines(bob, 'METADATA #open LIST').includes('761 bob #open display-name * Open'))
})

test('METADATA - values are checked: what is not allowed is refused with a reason', () => {
  const world = new World()
  const [alice] = together(world)
  const bad = [
    ['avatar', 'javascript:alert(1)'],
    ['homepage', 'not an address'],
    ['color', 'red'],
    ['status', 'x'.repeat(257)],
    ['status', 'a\u0001b'],
    ['display-name', 'bob'],
    ['display-name', 'NickServ'],
  ] as const
  for (const [key, value] of bad) {
    const answer = lines(alice, `METADATA * SET ${key} :${value}`)
    assert.match(answer.join(''), /^FAIL METADATA VALUE_INVALID/, `${key} ${value}`)
  }
  assert.deepEqual(lines(alice, 'METADATA * LIST').length, 2)
})

test('METADATA - a person has so many keys, sets so many in a minute, and hears of so many', () => {
  const world = new World()
  const alice = world.join('alice', ...CAPS)
  for (let i = 0; i < 20; i++) alice.sends(`METADATA * SET k${i} :v`)
  alice.read()
  assert.match(
    lines(alice, 'METADATA * SET one-more :v').join(''),
    /^FAIL METADATA RATE_LIMITED alice one-more 60 /,
  )
  world.passes(60_000)
  alice.read()
  assert.match(
    lines(alice, 'METADATA * SET one-more :v').join(''),
    /^FAIL METADATA LIMIT_REACHED alice/,
  )
  const many = Array.from({ length: 50 }, (_, i) => `s${i}`)
  alice.sends(`METADATA * SUB ${many.join(' ')}`)
  alice.read()
  assert.deepEqual(lines(alice, 'METADATA * SUB s3 more s4'), [
    '770 alice s3',
    'FAIL METADATA TOO_MANY_SUBS more Too many subscriptions',
  ])
  const subs = lines(alice, 'METADATA * SUBS')
  assert.deepEqual([subs[0], subs.at(-1)], ['BATCH + metadata-subs', 'BATCH -'])
  assert.deepEqual(
    subs.slice(1, -1).flatMap((line) => line.split(' ').slice(2)),
    many,
  )
})

test('METADATA - WHOIS shows it to those who know it', () => {
  const world = new World()
  const [alice, bob] = together(world)
  alice.sends('METADATA * SET role :artist')
  assert.ok(lines(bob, 'WHOIS alice').includes('760 bob alice role * artist'))
  const plain = world.join('plain')
  assert.ok(!lines(plain, 'WHOIS alice').some((line) => line.startsWith('760')))
})

test('METADATA - of a guest goes with them, of an account and a room it is kept', async () => {
  const world = new World({}, { log: true })
  const alice = joinLoggedIn(world, 'alice')
  const guest = world.join('guest')
  alice.sends(
    'METADATA * SET role :artist',
    'JOIN #art',
    'METADATA #art SET homepage :https://a.example',
  )
  guest.sends('METADATA * SET role :planner')
  const later = await world.restarts()
  const again = joinLoggedIn(later, 'alix', 'alice')
  await later.settles()
  assert.ok(lines(again, 'METADATA * LIST').includes('761 alix alix role * artist'))
  assert.ok(lines(again, 'METADATA #art LIST').join().includes('https://a.example'))
  assert.deepEqual(lines(later.join('guest'), 'METADATA * LIST'), [])
  assert.equal(later.core.network.metadata.size, 2)
})

test("METADATA - what a guest says of themselves is the account's when they log in", () => {
  const world = new World()
  const alice = world.join('alice', ...CAPS)
  alice.sends('METADATA * SET role :artist', 'METADATA * SET status :new here')
  const other = joinLoggedIn(world, 'other', 'alice')
  other.sends('METADATA * SET role :planner')
  logIn(world, 'alice')
  alice.read()
  assert.deepEqual(lines(alice, 'METADATA * LIST').slice(1, -1).sort(), [
    '761 alice alice role * planner',
    '761 alice alice status * new here',
  ])
  assert.equal(world.core.network.metadata.size, 1)
  other.vanishes()
  assert.equal(world.core.network.metadata.size, 1)
})

test('METADATA - of a room ends with the room', async () => {
  const world = new World({}, { log: true })
  const alice = world.join('alice')
  alice.sends('JOIN #art', 'METADATA #art SET role :atelier', 'PART #art')
  assert.equal(world.core.network.metadata.size, 0)
  const later = await world.restarts()
  assert.equal(later.core.network.metadata.size, 0)
})

test('METADATA - those in a room hear what somebody says when they log in, and no longer says', async () => {
  const world = new World()
  const [alice, bob] = together(world)
  const heard = () => {
    const all = lines(bob).map((line) => line.replace(/ (?:alice|Guest\d+)/, ''))
    return all.filter((line) => line.startsWith('METADATA'))
  }
  const other = joinLoggedIn(world, 'other', 'carl')
  other.sends('METADATA * SET role :planner')
  bob.sends('METADATA * SUB role')
  alice.sends('NS REGISTER password')
  await world.settles()
  alice.sends('METADATA * SET role :artist', 'NS LOGOUT')
  await world.settles()
  alice.sends('METADATA * SET role :guest')
  bob.read()
  alice.sends('METADATA * SET role')
  alice.sends('NS IDENTIFY alice password')
  await world.settles()
  // Without the account, the nick isn't theirs.
  assert.deepEqual(heard(), ['METADATA role *', 'METADATA role * artist'])
  alice.sends('NS LOGOUT')
  await world.settles()
  assert.deepEqual(heard(), ['METADATA role *'])
})
