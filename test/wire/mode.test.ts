import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_LIMITS } from '../../src/protocol/limits.ts'
import { codes } from '../support/channels.ts'
import { World } from '../support/world.ts'

const ALICE = ':alice!~alice@192-0-2-1.cloak'

test('MODE - 324 and 329; "the correct representation" of none is +', () => {
  const [alice] = new World().joinAll(['alice'], '#art')
  assert.deepEqual(alice?.asks('MODE #art'), [
    ':irc.test 324 alice #art +nt',
    ':irc.test 329 alice #art 1767268800',
  ])
  alice?.asks('MODE #art -nt')
  assert.equal(alice?.asks('MODE #art')[0], ':irc.test 324 alice #art +')
})

test('MODE - "Servers MAY choose to hide sensitive information such as channel keys": from outsiders', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art,#lobby')
  alice?.asks('MODE #art +klf sesame 5 #lobby')
  assert.equal(alice?.asks('MODE #art')[0], ':irc.test 324 alice #art +ntfkl #lobby sesame 5')
  const bob = world.join('bob')
  assert.equal(bob.asks('MODE #art')[0], ':irc.test 324 bob #art +ntfkl #lobby * 5')
  alice?.asks('MODE #art +s')
  assert.deepEqual(codes(bob.asks('MODE #art')), ['403'])
})

test('MODE - what changes is told to all members in one line, and only what changes', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  alice?.read()
  const line = `${ALICE} MODE #art +vm-t BOB`.replace('BOB', 'bob')
  assert.deepEqual(alice?.asks('MODE #art +vnm-t+s-s BOB'), [line])
  assert.deepEqual(bob?.read(), [line])
  assert.deepEqual(alice?.asks('MODE #art +vnm-t bob'), [])
  assert.deepEqual(bob?.read(), [])
})

test('MODE - changes that do not fit in a line are told in several', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art')
  const masks = Array.from({ length: 12 }, (_, i) => `${i}${'x'.repeat(34)}`)
  const lines = alice?.asks(`MODE #art +bbbbbbbbbbbb ${masks.join(' ')}`) ?? []
  assert.equal(lines.length, 2)
  for (const line of lines) assert.ok(line.length <= 510, String(line.length))
  const told = lines.flatMap((line) => line.split(' ').slice(4))
  assert.deepEqual(
    told,
    masks.map((mask) => `${mask}!*@*`),
  )
})

test('MODE - more changes with an argument than MODES are refused, and said to be', () => {
  const chat = { ...DEFAULT_LIMITS.chat, modesPerCommand: 2 }
  const world = new World({ limits: { ...DEFAULT_LIMITS, chat } })
  const alice = world.join('alice', 'standard-replies')
  alice.asks('JOIN #art')
  const [made, refused = ''] = alice.asks('MODE #art +bbbm a b c')
  assert.equal(made, `${ALICE} MODE #art +bbm a!*@* b!*@*`)
  assert.match(refused, /^:irc\.test FAIL MODE TOO_MANY_CHANGES #art :Only 2 .* 1 were not made$/)
})

test('MODE - 403, 442, 482, 401, 441, 472, 696', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  const carol = world.join('carol')
  alice?.read()
  assert.deepEqual(codes(alice?.asks('MODE #none +o alice')), ['403'])
  assert.deepEqual(codes(carol.asks('MODE #art +o carol')), ['442'])
  assert.deepEqual(codes(bob?.asks('MODE #art +ovm bob bob')), ['482'])
  assert.deepEqual(codes(alice?.asks('MODE #art +o nobody')), ['401'])
  assert.deepEqual(codes(alice?.asks('MODE #art +o carol')), ['441'])
  assert.deepEqual(alice?.asks('MODE #art +x'), [
    ':irc.test 472 alice x :is unknown mode char to me',
  ])
  assert.deepEqual(codes(alice?.asks('MODE #art +o')), ['696'])
})

test('MODE - what is possible is done, then the refusals follow', () => {
  const [alice] = new World().joinAll(['alice'], '#art')
  assert.deepEqual(codes(alice?.asks('MODE #art +xmol nobody 0')), ['MODE', '472', '401', '696'])
})

test('MODE - half-operators set modes and voices, not operators; founders alone make founders', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob', 'carol'], '#art')
  alice?.asks('MODE #art +h bob')
  bob?.read()
  assert.deepEqual(bob?.asks('MODE #art +mv carol').length, 1)
  assert.deepEqual(codes(bob?.asks('MODE #art +o carol')), ['482'])
  alice?.asks('MODE #art +o bob')
  bob?.read()
  assert.deepEqual(codes(bob?.asks('MODE #art +o carol')), ['MODE'])
  assert.deepEqual(codes(bob?.asks('MODE #art +a carol')), ['482'])
  assert.deepEqual(codes(bob?.asks('MODE #art +q bob')), ['482'])
})

test('MODE - nobody touches who is above them, and anyone may lay down their own rank', async () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  const root = await world.joinAsOperator('root')
  root.asks('MODE #art +qo alice bob')
  for (const actor of [alice, bob]) actor?.read()
  assert.match(bob?.asks('MODE #art -o alice')[0] ?? '', / 482 bob #art :alice has a higher rank/)
  assert.match(bob?.asks('MODE #art -q alice')[0] ?? '', / 482 /)
  assert.match(bob?.asks('MODE #art +v alice')[0] ?? '', / 482 /)
  assert.deepEqual(codes(bob?.asks('MODE #art -o bob')), ['MODE'])
  assert.deepEqual(codes(alice?.asks('MODE #art -q alice')).slice(-1), ['MODE'])
})

test('MODE - "If the value is invalid, they SHOULD return ERR_INVALIDMODEPARAM": a key, never repeated', () => {
  const [alice] = new World().joinAll(['alice'], '#art')
  for (const key of ['with spaces', 'a,b', ' ', '', 'long'.repeat(100), ':colon']) {
    const [reply = ''] = alice?.asks(`MODE #art +k :${key}`) ?? []
    assert.match(reply, /^:irc\.test 696 alice #art k \* :/, key)
  }
  assert.deepEqual(alice?.asks('MODE #art +k sesame'), [`${ALICE} MODE #art +k sesame`])
  assert.deepEqual(alice?.asks('MODE #art +k sesame'), [])
  assert.deepEqual(alice?.asks('MODE #art +k other'), [`${ALICE} MODE #art +k other`])
  assert.deepEqual(alice?.asks('MODE #art -k wrong'), [`${ALICE} MODE #art -k *`])
  assert.deepEqual(alice?.asks('MODE #art -k'), [])
})

test('MODE - a limit is a positive number', () => {
  const [alice] = new World().joinAll(['alice'], '#art')
  for (const limit of ['0', '-1', 'abc', '', '1e3', '1.5', '99999999999']) {
    assert.match(alice?.asks(`MODE #art +l :${limit}`)[0] ?? '', / 696 alice #art l /, limit)
  }
  assert.deepEqual(alice?.asks('MODE #art +l 010'), [`${ALICE} MODE #art +l 10`])
  assert.deepEqual(alice?.asks('MODE #art -l'), [`${ALICE} MODE #art -l`])
})

test('MODE - a forward leads to another channel where one is operator', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art,#Lobby')
  world.joinAll(['bob'], '#bobs')
  assert.deepEqual(codes(alice?.asks('MODE #art +f #none')), ['696'])
  assert.deepEqual(codes(alice?.asks('MODE #art +f #art')), ['696'])
  assert.deepEqual(codes(alice?.asks('MODE #art +f #bobs')), ['482'])
  assert.deepEqual(alice?.asks('MODE #art +f #lobby'), [`${ALICE} MODE #art +f #Lobby`])
})

test('MODE - "the contents of the list MUST be sent to the user", the newest last', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  alice?.asks('MODE #art +bb carol dan@*.org')
  bob?.read()
  assert.deepEqual(bob?.asks('MODE #art +b'), [
    ':irc.test 367 bob #art carol!*@* alice!~alice@192-0-2-1.cloak 1767268800',
    ':irc.test 367 bob #art *!dan@*.org alice!~alice@192-0-2-1.cloak 1767268800',
    ':irc.test 368 bob #art :End of channel ban list',
  ])
})

test('MODE - "unless it contains sensitive information": e and I are for half-operators and above', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  alice?.asks('MODE #art +eI carol carol')
  bob?.read()
  assert.deepEqual(codes(bob?.asks('MODE #art eI')), ['482', '482'])
  assert.deepEqual(codes(alice?.asks('MODE #art eI')), ['348', '349', '346', '347'])
})

test('MODE - a mask is the same in any case: not twice on the list, and taken off as it stands there', () => {
  const [alice] = new World().joinAll(['alice'], '#art')
  assert.deepEqual(alice?.asks('MODE #art +b BAR'), [`${ALICE} MODE #art +b BAR!*@*`])
  assert.deepEqual(alice?.asks('MODE #art +b bar!*@*'), [])
  assert.deepEqual(alice?.asks('MODE #art -b+b bar bar'), [])
  assert.deepEqual(alice?.asks('MODE #art -b bar'), [`${ALICE} MODE #art -b BAR!*@*`])
  assert.deepEqual(alice?.asks('MODE #art -b bar'), [])
})

test('MODE - masks that are not well-formed and extbans that are unknown are 696', () => {
  const [alice] = new World().joinAll(['alice'], '#art')
  for (const mask of ['a@b!c', '$a:bob', '~x:bob', '~a:']) {
    assert.deepEqual(codes(alice?.asks(`MODE #art +b ${mask}`)), ['696'], mask)
  }
  assert.deepEqual(codes(alice?.asks('MODE #art +I ~m:bob')), ['696'])
})

test('MODE - a list that is full is 478', () => {
  const chat = { ...DEFAULT_LIMITS.chat, listEntries: 2 }
  const [alice] = new World({ limits: { ...DEFAULT_LIMITS, chat } }).joinAll(['alice'], '#art')
  assert.deepEqual(codes(alice?.asks('MODE #art +bbb a b c')), ['MODE', '478'])
  assert.deepEqual(codes(alice?.asks('MODE #art +e a')), ['MODE'])
  assert.deepEqual(alice?.asks('MODE #art -b+b a c'), [`${ALICE} MODE #art -b+b a!*@* c!*@*`])
})

test('MODE - bans and mutes keep from speaking, a voice lifts them', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  for (const mask of ['bob', '~m:BOB!*@*', '*!*@*.cloak']) {
    alice?.asks(`MODE #art +b ${mask}`)
    bob?.read()
    assert.deepEqual(codes(bob?.asks('PRIVMSG #art :hi')), ['404'], mask)
    alice?.asks('MODE #art +v bob')
    assert.deepEqual(codes(bob?.asks('PRIVMSG #art :hi')), ['MODE'], mask)
    alice?.asks(`MODE #art -vb bob ${mask}`)
  }
})

test('MODE - an operator of the server with override changes what they want, from outside', async () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art')
  const root = await world.joinAsOperator('root')
  assert.deepEqual(codes(root.asks('MODE #art +s-q alice')), ['MODE'])
  assert.equal(world.logged.filter(([action]) => action === 'override').length, 1)
  assert.deepEqual(codes(alice?.read()), ['MODE'])
})

test("MODE - one's own: 221, and a MODE for what changed", () => {
  const alice = new World().join('alice')
  assert.deepEqual(alice.asks('MODE alice -i+wB'), [`${ALICE} MODE alice -i+wB`])
  assert.deepEqual(alice.asks('MODE ALICE'), [':irc.test 221 alice +Bw'])
  assert.deepEqual(alice.asks('MODE alice +w-i'), [])
})

test('MODE - "the server MUST apply the modes that are implemented, and then send the ERR_UMODEUNKNOWNFLAG"', () => {
  const alice = new World().join('alice')
  assert.deepEqual(codes(alice.asks('MODE alice +xyRz')), ['MODE', '501'])
})

test('MODE - nobody makes themselves an operator of the server; anyone may stop being one', async () => {
  const world = new World()
  const alice = world.join('alice')
  assert.deepEqual(alice.asks('MODE alice +o'), [])
  const root = await world.joinAsOperator('root')
  assert.deepEqual(codes(root.asks('MODE root -o')), ['MODE'])
  assert.equal(world.core.network.users.get('root')?.operator, undefined)
  assert.equal(world.core.network.counts.operators, 0)
})

test('MODE - of somebody else: 502; of nobody: 401', () => {
  const world = new World()
  world.join('bob')
  const alice = world.join('alice')
  assert.deepEqual(codes(alice.asks('MODE bob')), ['502'])
  assert.deepEqual(codes(alice.asks('MODE nobody')), ['401'])
})
