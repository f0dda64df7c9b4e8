import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commands } from '../../src/commands/index.ts'
import { Budget } from '../../src/io/budget.ts'
import { lineCost } from '../../src/io/line-cost.ts'
import { DEFAULT_LIMITS } from '../../src/protocol/limits.ts'
import { pricesOf } from '../../src/server/create-engine.ts'
import { allSettle, comesOnline, type Person } from '../support/scripted-server-world.ts'
import { World } from '../support/world.ts'

const PRICES = pricesOf(commands)

/** The budget of one connection, from its registration on. */
class Meter {
  readonly #budget = new Budget(DEFAULT_LIMITS.edge, 0)

  /** Those that would have had to wait. */
  late(lines: readonly string[], nowMs: number): string[] {
    return lines.filter(
      (line) => !this.#budget.spend(lineCost(line, PRICES), Buffer.byteLength(line) + 2, nowMs),
    )
  }
}

const ROOMS = Array.from({ length: 30 }, (_, i) => `#room${i}`)
const PEOPLE = Array.from({ length: 12 }, (_, i) => `person${i}`)

/** Mina is in thirty rooms and talks with twelve people; Joon has said something in each room since she was here. */
async function returning() {
  const world = new World({}, { log: true })
  const joon = await comesOnline(world, 'joon', { rooms: ROOMS })
  for (const nick of PEOPLE) await comesOnline(world, nick)
  const metadata = { role: 'artist', 'display-name': 'Mina' }
  const mina = await comesOnline(world, 'mina', { rooms: ROOMS, metadata })
  for (const target of PEOPLE) mina.does({ kind: 'sayTo', target, text: 'hello' })
  await allSettle(mina, joon)
  mina.breaks('heard')
  for (const room of ROOMS) joon.actor?.sends(`PRIVMSG ${room} :while you were away`)
  await joon.settles()
  world.passes(3000)
  mina.written.length = 0
  return { world, mina, joon }
}

/** What it wrote, a second each time, until all of `lives` have been lived. */
async function lines(world: World, person: Person, ...lives: readonly (() => void)[]) {
  const startMs = world.core.clock.monotonic()
  const meter = new Meter()
  const late: string[] = []
  const all: string[] = []
  for (const live of lives) {
    live()
    person.ticks()
    await person.settles()
    const written = person.written.splice(0)
    // Registration has a budget of its own.
    const registering = written.findLastIndex((line) => /^(?:CAP|NICK|USER) /.test(line))
    const sent = written.slice(registering + 1)
    late.push(...meter.late(sent, world.core.clock.monotonic() - startMs))
    all.push(...sent)
    world.passes(1000)
  }
  return { late, all }
}

test('FLOOD - our client comes back to thirty rooms and twelve conversations, and nothing that is said meanwhile waits', async () => {
  const { world, mina } = await returning()
  const say = (text: string) => () => mina.does({ kind: 'say', conversation: '#room0', text })
  const lives = Array.from({ length: 60 }, (_, i) => (i === 0 ? () => {} : say(`line ${i}`)))
  const { late, all } = await lines(world, mina, ...lives)
  assert.deepEqual(late, [])
  const times = (command: string) => all.filter((line) => line.includes(`${command} `)).length
  assert.equal(times('JOIN'), ROOMS.length)
  assert.equal(times('WHO'), ROOMS.length + PEOPLE.length)
  assert.ok(times('CHATHISTORY') >= ROOMS.length + PEOPLE.length)
  assert.equal(times('MONITOR'), 1)
  assert.equal(times('PRIVMSG'), 59)
})

test('FLOOD - whoever types, says, reacts, reads along and looks back all the time does not wait', async () => {
  const { world, mina, joon } = await returning()
  const conversation = '#room0'
  const lives = Array.from({ length: 120 }, (_, i) => () => {
    joon.actor?.sends(`PRIVMSG ${conversation} :joon ${i}`)
    if (i < 60) return
    mina.does({ kind: 'read', conversation })
    mina.does({ kind: 'draft', conversation, text: i % 4 === 3 ? '' : 'x'.repeat(i % 4) })
    if (i % 4 === 3) mina.does({ kind: 'say', conversation, text: `mina ${i}` })
    const msgid = mina.messages(conversation).at(-1)?.msgid
    if (i % 10 === 0 && msgid) mina.does({ kind: 'react', conversation, msgid, emoji: '👍' })
    if (i % 20 === 0) mina.does({ kind: 'search', query: { text: 'joon' } })
    const gap = mina.items(conversation).find(({ kind }) => kind === 'gap')
    if (gap !== undefined) mina.does({ kind: 'fill', conversation, gap: gap.id, side: 'newer' })
  })
  const { late, all } = await lines(world, mina, ...lives)
  assert.deepEqual(late, [])
  for (const command of ['TAGMSG', 'MARKREAD', 'SEARCH', 'PRIVMSG']) {
    assert.ok(
      all.some((line) => line.includes(`${command} `)),
      command,
    )
  }
})

/** What clients of others send when they come back, as their sources have it. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  // A list of rooms, then for all that have news: BETWEEN with as many as the server gives.
  'goguma and gamja': [
    `JOIN ${ROOMS.join(',')}`,
    `MONITOR + ${PEOPLE.join(',')}`,
    'CHATHISTORY TARGETS timestamp=2026-01-01T12:00:00.000Z timestamp=2026-01-01T11:00:00.000Z 100',
    ...PEOPLE.map((nick) => `MARKREAD ${nick}`),
    ...[...ROOMS.slice(0, 12), ...PEOPLE].map(
      (name) =>
        `CHATHISTORY BETWEEN ${name} timestamp=2026-01-01T11:00:00.000Z timestamp=2026-01-01T12:00:00.000Z 1000`,
    ),
    'WHO #room0 %tcuhnafr,1',
  ],
  // It shows every room at once.
  halloy: [
    `JOIN ${ROOMS.join(',')}`,
    `MONITOR + ${PEOPLE.join(',')}`,
    ...ROOMS.flatMap((room) => [`MODE ${room}`, `CHATHISTORY LATEST ${room} * 500`]),
    ...ROOMS.slice(0, 10).map((room) => `WHO ${room} tcnf,9`),
  ],
  // A bouncer asks for the modes of every room, on behalf of its users.
  soju: [
    `JOIN ${ROOMS.join(',')}`,
    `MONITOR + ${PEOPLE.join(',')}`,
    ...ROOMS.map((room) => `MODE ${room}`),
    ...ROOMS.map((room) => `WHO ${room} %tuhnafr,1`),
  ],
  // Of the years before capabilities: one line for each room, and names and modes by hand.
  'an old client': ROOMS.flatMap((room) => [`JOIN ${room}`, `MODE ${room}`, `NAMES ${room}`]),
}

for (const [client, sent] of Object.entries(OTHERS)) {
  test(`FLOOD - ${client} can send at once what brings it to where it was, and then say something`, () => {
    const lines = [...sent, 'PRIVMSG #room0 :hello']
    assert.deepEqual(new Meter().late(lines, 0), [])
  })
}

test('FLOOD - the welcome is for nothing that others hear said', () => {
  const spam = [
    'PRIVMSG #a :buy',
    'NOTICE #a :buy',
    '@+x=1 TAGMSG #a',
    'INVITE a #a',
    'NICK a',
    'TOPIC #a :x',
    'PART #a',
    'KNOCK #a',
    'KICK #a b',
  ]
  for (const line of spam) {
    const meter = new Meter()
    const burst = Array.from({ length: 200 }, () => line)
    const taken = burst.length - meter.late(burst, 0).length
    const cost = PRICES.get(/[A-Z]+(?= )/.exec(line)?.[0] ?? '')?.points ?? 1
    assert.equal(taken, Math.ceil(DEFAULT_LIMITS.edge.lineBurst / cost), line)
  }
})

test('FLOOD - after the welcome a connection gets no more of the log than 800 messages a second', () => {
  for (const limit of [1, 50, 200, 201, 500, 1000, 1_000_000]) {
    const meter = new Meter()
    const asks = Array.from({ length: 500 }, () => `CHATHISTORY LATEST #a * ${limit}`)
    const pages = (seconds: number) => asks.length - meter.late(asks, seconds * 1000).length
    pages(0)
    let messages = 0
    for (let second = 1; second <= 600; second++) messages += pages(second) * Math.min(limit, 1000)
    // A page more than the rate gives may be begun.
    assert.ok(messages <= 600 * 800 + 1000, `${limit}: ${messages}`)
    assert.ok(messages > 0)
  }
})
