import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Channel } from '../../src/state/channel.ts'
import { setChannelModes } from '../support/facts.ts'
import { World, type Actor } from '../support/world.ts'

const MINUTE_MS = 60_000

function names(lines: readonly string[]): string[] {
  return lines.filter((line) => line.includes(' 322 ')).map((line) => line.split(' ')[3] ?? '')
}

/** #one with one member, #two with two, and somebody in neither. */
function rooms(): { world: World; alice: Actor; carol: Actor } {
  const world = new World()
  const alice = world.join('alice')
  alice.sends('JOIN #one,#two')
  world.join('bob').sends('JOIN #two')
  alice.read()
  return { world, alice, carol: world.join('carol') }
}

test('LIST - all rooms, the biggest first, with members and topic', () => {
  const { world, carol } = rooms()
  const channel = world.core.network.channels.get('#two')
  assert.ok(channel)
  channel.topic = { text: 'Colours and lines', setBy: 'alice', setAtMs: 0 }
  assert.deepEqual(carol.asks('LIST'), [
    ':irc.test 321 carol Channel :Users  Name',
    ':irc.test 322 carol #two 2 :Colours and lines',
    ':irc.test 322 carol #one 1 :',
    ':irc.test 323 carol :End of /LIST',
  ])
})

test('LIST - names, masks and other masks', () => {
  const { carol } = rooms()
  const expected: Readonly<Record<string, string[]>> = {
    '#ONE': ['#one'],
    '#one,#two': ['#two', '#one'],
    '#nothing': [],
    '*ne': ['#one'],
    '#t*o': ['#two'],
    '#?ne,#?wo': ['#two', '#one'],
    '*three': [],
    '!*ne': ['#two'],
    '!#*': [],
    '*o*,!#one': ['#two'],
  }
  for (const [query, found] of Object.entries(expected)) {
    const lines = carol.asks(`LIST ${query}`)
    assert.deepEqual(names(lines), found, query)
    assert.match(lines.at(-1) ?? '', / 323 /)
  }
})

test('LIST - "U: … a channel that has less or more than val users, respectively"', () => {
  const { carol } = rooms()
  assert.deepEqual(names(carol.asks('LIST >0')), ['#two', '#one'])
  assert.deepEqual(names(carol.asks('LIST >1')), ['#two'])
  assert.deepEqual(names(carol.asks('LIST <2')), ['#one'])
  assert.deepEqual(names(carol.asks('LIST <1')), [])
  assert.deepEqual(names(carol.asks('LIST >0,<2')), ['#one'])
})

test('LIST - C: "created either less than val minutes ago, or more than val minutes ago"', () => {
  const world = new World()
  const alice = world.join('alice')
  alice.sends('JOIN #old')
  world.passes(2 * MINUTE_MS - 1)
  alice.sends('JOIN #new')
  world.passes(MINUTE_MS)
  alice.read()
  assert.deepEqual(names(alice.asks('LIST C>2')), ['#old'])
  assert.deepEqual(names(alice.asks('LIST c<2')), ['#new'])
  assert.deepEqual(names(alice.asks('LIST C<0')), [])
  assert.deepEqual(names(alice.asks('LIST C>0')), ['#old', '#new'])
  assert.deepEqual(names(alice.asks('LIST C<10')), ['#old', '#new'])
})

test('LIST - T: the same of the topic; a room without one is neither', () => {
  const { world, carol } = rooms()
  const one = world.core.network.channels.get('#one')
  assert.ok(one)
  one.topic = { text: 'x', setBy: 'alice', setAtMs: world.core.clock.now() - 3 * MINUTE_MS }
  assert.deepEqual(names(carol.asks('LIST T>2')), ['#one'])
  assert.deepEqual(names(carol.asks('LIST T<4')), ['#one'])
  assert.deepEqual(names(carol.asks('LIST T<2')), [])
})

test('LIST - secret rooms are for their members and for operators who see what is hidden', async () => {
  const { world, alice, carol } = rooms()
  setChannelModes(world, '#one', '+s')
  alice.read()
  for (const query of ['LIST', 'LIST #one', 'LIST *']) {
    assert.ok(!names(carol.asks(query)).includes('#one'), query)
    assert.ok(names(alice.asks(query)).includes('#one'), query)
  }
  assert.ok(names((await world.joinAsOperator('root')).asks('LIST')).includes('#one'))
})

test('LIST - what can not be understood is refused, and the list still ends', () => {
  const alice = new World().join('alice', 'standard-replies')
  for (const query of ['>many', 'C>', 'T<-1', Array.from({ length: 9 }, () => '!a').join(',')]) {
    const lines = alice.asks(`LIST ${query}`)
    assert.match(lines[1] ?? '', /^:irc\.test FAIL LIST INVALID_PARAMS /, query)
    assert.match(lines[2] ?? '', / 323 /)
  }
  assert.deepEqual(alice.asks('LIST * other.test'), [
    ':irc.test 402 alice other.test :No such server',
  ])
})

test('LIST - SAFELIST: a big list does not fill the send queue, and says how to ask for less', () => {
  const { world, carol } = rooms()
  const topic = { text: 'y'.repeat(300), setBy: 'alice', setAtMs: 0 }
  const members = world.core.network.channels.get('#one')?.members ?? new Map()
  for (let i = 0; i < 3000; i++) {
    const name = `#room${i}`
    const lists = { b: [], e: [], I: [] }
    const channel: Channel = {
      id: 10 + i,
      buffer: 10 + i,
      name,
      createdAtMs: 0,
      topic,
      flags: '',
      lists,
      members,
    }
    world.core.network.channels.set(name, channel)
  }
  const lines = carol.asks('LIST', 'LIST')
  assert.ok(lines.join('\r\n').length < world.core.server.limits.edge.sendQueueBytes / 2)
  assert.equal(lines.filter((line) => line.includes(' 323 ')).length, 2)
  const note = lines.at(-2) ?? ''
  assert.match(note, /^:irc\.test 416 carol LIST :Only the first \d+ are shown: there are 3002, /)
  assert.equal(names(lines)[0], '#two', 'the biggest are shown')
})

test('LIST - a topic that does not fit is cut where it shows, between two characters', () => {
  const { world, carol } = rooms()
  const two = world.core.network.channels.get('#two')
  assert.ok(two)
  two.topic = { text: '가'.repeat(170), setBy: 'alice', setAtMs: 0 }
  const line = carol.asks('LIST #two')[1] ?? ''
  assert.ok(new TextEncoder().encode(line).length <= 510)
  assert.match(line, / 2 가+…$/)
})
