import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_LIMITS } from '../../src/protocol/limits.ts'
import { prefixOf } from '../../src/protocol/modes.ts'
import { FOUNDING_RANKS } from '../../src/state/channel.ts'
import { World } from '../support/world.ts'
import { codes, login } from '../support/channels.ts'

const FOUNDER_PREFIX = prefixOf(FOUNDING_RANKS)

test('JOIN - "the server MUST send, in this order": JOIN, the topic, the names', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art')
  alice?.sends('TOPIC #art :그림')
  const bob = world.join('bob')
  assert.deepEqual(bob.asks('JOIN #art'), [
    ':bob!~bob@192-0-2-1.cloak JOIN #art',
    ':irc.test 332 bob #art :그림',
    ':irc.test 333 bob #art alice!~alice@192-0-2-1.cloak 1767268800',
    `:irc.test 353 bob = #art :${FOUNDER_PREFIX}alice bob`,
    ':irc.test 366 bob #art :End of /NAMES list',
  ])
})

test('JOIN - who makes a channel has its founding ranks and its default modes', () => {
  const world = new World({ defaultChannelFlags: 'ns' })
  const alice = world.join('alice')
  alice.sends('JOIN #art')
  const channel = world.core.network.channels.get('#art')
  assert.equal(channel?.flags, 'ns')
  const user = world.core.network.users.get('alice')
  assert.equal(user && channel?.members.get(user)?.ranks, FOUNDING_RANKS)
})

test('JOIN - no names for those with no-implicit-names', () => {
  const alice = new World().join('alice', 'no-implicit-names')
  assert.deepEqual(alice.asks('JOIN #art'), [':alice!~alice@192-0-2-1.cloak JOIN #art'])
})

test('JOIN - "the first <key> being used for the first <channel>, the second <key> for the second"', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#a,#b,#c')
  alice?.sends('MODE #a +k one', 'MODE #c +k three')
  const bob = world.join('bob')
  assert.deepEqual(codes(bob.asks('JOIN #a,#b,#c one,,three')), [
    'JOIN',
    '353',
    '366',
    'JOIN',
    '353',
    '366',
    'JOIN',
    '353',
    '366',
  ])
})

test('JOIN - a bad name among good ones costs only itself', () => {
  const bob = new World().join('bob')
  const replies = bob.asks('JOIN #valid,inv@lid,,#also')
  assert.deepEqual(codes(replies), ['JOIN', '353', '366', '476', 'JOIN', '353', '366'])
  assert.match(replies[3] ?? '', /^:irc\.test 476 bob inv@lid :/)
})

test('JOIN - no channel at all is 461', () => {
  const bob = new World().join('bob')
  assert.deepEqual(codes(bob.asks('JOIN')), ['461'])
  assert.deepEqual(codes(bob.asks('JOIN ,,')), ['461'])
})

test('JOIN - again into the same channel, in any case, says nothing', () => {
  const [alice] = new World().joinAll(['alice'], '#Art')
  assert.deepEqual(alice?.asks('JOIN #aRT'), [])
})

test('JOIN - a name that looks like that of another channel is refused', () => {
  const world = new World()
  world.joinAll(['alice'], '#paypal')
  const bob = world.join('bob')
  assert.deepEqual(codes(bob.asks('JOIN #pаypal')), ['476'])
  assert.equal(world.core.network.channels.size, 1)
})

test('JOIN - more channels than CHANLIMIT are 405', () => {
  const chat = { ...DEFAULT_LIMITS.chat, channelsPerUser: 2 }
  const bob = new World({ limits: { ...DEFAULT_LIMITS, chat } }).join('bob')
  assert.deepEqual(codes(bob.asks('JOIN #a,#b,#c')).slice(-1), ['405'])
  assert.deepEqual(codes(bob.asks('PART #a', 'JOIN #c')), ['PART', 'JOIN', '353', '366'])
})

test('JOIN 0 - "as though the client had sent a PART command for each channel"', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#a,#b')
  const parts = bob?.asks('JOIN 0') ?? []
  assert.deepEqual(
    parts.map((line) => line.replace(' :#', ' #')),
    [':bob!~bob@192-0-2-1.cloak PART #a', ':bob!~bob@192-0-2-1.cloak PART #b'],
  )
  assert.deepEqual(alice?.read(), parts)
})

for (const [modes, code] of [
  ['+b bob!*@*', '474'],
  ['+i', '473'],
  ['+k sesame', '475'],
  ['+l 1', '471'],
  ['+R', '477'],
] as const) {
  test(`JOIN - MODE ${modes} keeps out with ${code}, and an invitation opens it once`, () => {
    const world = new World()
    const [alice] = world.joinAll(['alice'], '#art')
    alice?.sends(`MODE #art ${modes}`)
    const bob = world.join('bob')
    assert.deepEqual(codes(bob.asks('JOIN #art')), [code])
    alice?.sends('INVITE bob #art')
    bob.read()
    assert.deepEqual(codes(bob.asks('JOIN #art')), ['JOIN', '353', '366'])
    assert.deepEqual(codes(bob.asks('PART #art', 'JOIN #art')), ['PART', code])
  })
}

test('JOIN - an entry of I lets in past +i, one of e past +b, an account past +R', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art')
  alice?.sends('MODE #art +ibR b*!*@*')
  const bob = world.join('bob')
  login(world, 'bob')
  assert.deepEqual(codes(bob.asks('JOIN #art')), ['474'])
  alice?.sends('MODE #art +e bob')
  assert.deepEqual(codes(bob.asks('JOIN #art')), ['473'])
  alice?.sends('MODE #art +I ~a:BOB')
  assert.deepEqual(codes(bob.asks('JOIN #art')), ['JOIN', '353', '366'])
})

test('JOIN - +f sends those who may not come in elsewhere, with 470', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art,#lobby')
  alice?.sends('MODE #art +if #lobby')
  const bob = world.join('bob')
  const replies = bob.asks('JOIN #art')
  assert.equal(replies[0], ':irc.test 470 bob #art #lobby :Forwarding to another channel')
  assert.equal(replies[1], ':bob!~bob@192-0-2-1.cloak JOIN #lobby')
})

test('JOIN - forwards that lead in a circle end with a refusal', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#a,#b,#c')
  alice?.sends('MODE #a +if #b', 'MODE #b +if #c', 'MODE #c +if #a')
  const bob = world.join('bob')
  assert.deepEqual(codes(bob.asks('JOIN #a')), ['470', '470', '473'])
})

test('JOIN - a key is not tried on the channel that one is sent to', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#a,#b')
  alice?.sends('MODE #a +if #b', 'MODE #b +k sesame')
  const bob = world.join('bob')
  assert.deepEqual(codes(bob.asks('JOIN #a sesame')), ['470', '475'])
})

test('PART - "each channel they have been removed from", with the reason on each', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#a,#b')
  alice?.read()
  assert.deepEqual(bob?.asks('PART #a,#B :다음에 봐요'), [
    ':bob!~bob@192-0-2-1.cloak PART #a :다음에 봐요',
    ':bob!~bob@192-0-2-1.cloak PART #b :다음에 봐요',
  ])
  assert.deepEqual(codes(alice?.read()), ['PART', 'PART'])
})

test('PART - 403 for no channel, 442 for one that one is not in', () => {
  const world = new World()
  world.joinAll(['alice'], '#art')
  const bob = world.join('bob')
  assert.deepEqual(codes(bob.asks('PART #nowhere,#art')), ['403', '442'])
})

test('PART - a reason that would not fit in a line is refused, not cut', () => {
  const [alice] = new World().joinAll(['alice'], '#art')
  assert.deepEqual(codes(alice?.asks(`PART #art :${'x'.repeat(480)}`)), ['417'])
  assert.deepEqual(codes(alice?.asks('PART #art')), ['PART'])
})

test('PART - who may not speak goes without a word, and is told so', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  alice?.sends('MODE #art +m')
  bob?.read()
  alice?.read()
  const replies = bob?.asks('PART #art :buy this')
  assert.match(replies?.[0] ?? '', /NOTICE bob :\*\*\* WARN PART REASON_NOT_SHOWN #art: /)
  assert.match(alice?.read().join() ?? '', /^:bob!~bob@192-0-2-1\.cloak PART :?#art$/)
})

test('NAMES - one 366 closes the list of all channels, and without one it is just 366', () => {
  const [alice] = new World().joinAll(['alice'], '#a,#b')
  const me = `${FOUNDER_PREFIX}alice`
  assert.deepEqual(alice?.asks('NAMES #a,#b'), [
    `:irc.test 353 alice = #a ${me}`,
    `:irc.test 353 alice = #b ${me}`,
    ':irc.test 366 alice #a,#b :End of /NAMES list',
  ])
  assert.deepEqual(alice?.asks('NAMES'), [':irc.test 366 alice * :End of /NAMES list'])
  assert.deepEqual(alice?.asks('NAMES none'), [':irc.test 366 alice none :End of /NAMES list'])
  assert.deepEqual(codes(alice?.asks('NAMES #1,#2,#3,#4,#5')), ['407'])
})

test('NAMES - outsiders see no members of a secret channel', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art')
  alice?.sends('MODE #art +s', 'MODE alice -i')
  const bob = world.join('bob')
  assert.deepEqual(codes(bob.asks('NAMES #art')), ['366'])
  alice?.sends('MODE #art -s')
  assert.deepEqual(codes(bob.asks('NAMES #art')), ['353', '366'])
})
