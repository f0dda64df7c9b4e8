import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DEFAULT_LIMITS } from '../../src/protocol/limits.ts'
import { asked, HISTORY_CAPS, inBatch, msgidOf } from '../support/history-world.ts'
import { World, type Actor } from '../support/world.ts'

const CAPS = [...HISTORY_CAPS, 'draft/message-redaction', 'draft/event-playback'] as const

type Act = 'say' | 'long' | 'react' | 'topic' | 'redact' | 'wait'

const act = fc.constantFrom<Act>('say', 'say', 'say', 'long', 'react', 'topic', 'redact', 'wait')

/** What happens before a page is asked for, while it is on its way, and how much is asked for. */
const turn = fc.record({
  before: fc.array(act, { maxLength: 4 }),
  meanwhile: fc.array(act, { maxLength: 3 }),
  limit: fc.integer({ min: 1, max: 7 }),
})

class Room {
  readonly world: World
  readonly writer: Actor
  /** In the order in which it was said; what was redacted is `gone`. */
  readonly said: string[] = []
  readonly gone = new Set<string>()
  #count = 0

  constructor() {
    const chat = { ...DEFAULT_LIMITS.chat, historyBytes: 2000 }
    this.world = new World(
      { history: 'strict', limits: { ...DEFAULT_LIMITS, chat } },
      { log: true },
    )
    this.writer = this.world.join('writer', ...CAPS)
    this.writer.sends('JOIN #art')
  }

  does(one: Act): void {
    const n = this.#count++
    if (one === 'wait') return this.world.passes(1)
    if (one === 'react') return this.writer.sends('@+draft/react=x TAGMSG #art')
    if (one === 'topic') return this.writer.sends(`TOPIC #art :${n}`)
    if (one === 'say') return this.writer.sends(`PRIVMSG #art :${n}`)
    if (one === 'long') return this.writer.sends(`NOTICE #art :${n} ${'x'.repeat(380)}`)
    const victim = this.said.at(n % Math.max(1, this.said.length))
    if (victim === undefined) return
    this.gone.add(victim)
    this.writer.sends(`REDACT #art ${victim}`)
  }

  async settles(): Promise<void> {
    for (let i = 0; i < 6; i++) await this.world.settles()
    for (const line of this.writer.read()) {
      if (/ (?:PRIVMSG|NOTICE|TAGMSG|TOPIC|JOIN) #art/.test(line)) this.said.push(msgidOf(line))
    }
  }
}

async function page(room: Room, reader: Actor, query: string): Promise<string[]> {
  const lines = await asked(room.world, reader, `CHATHISTORY ${query}`)
  const from = lines.findIndex((line) => line.includes(' chathistory #art'))
  const end = lines.findIndex((line, i) => i > from && / BATCH -\S+$/.test(line))
  return inBatch(lines.slice(from, end + 1), 'chathistory #art').map(msgidOf)
}

for (const direction of ['backward', 'forward'] as const) {
  test(`CHATHISTORY - paging ${direction} while others write never skips, repeats or goes back`, async () => {
    const turns = fc.array(turn, { minLength: 1, maxLength: 6 })
    const walk = fc.asyncProperty(turns, async (steps) => {
      const { room, seen, saidAtStart } = await readAll(direction, steps)
      assertComplete(direction, room, seen)
      if (direction === 'backward') {
        const newest = room.said.indexOf(seen.at(-1) ?? '')
        assert.ok(newest + 1 + room.gone.size >= saidAtStart)
      }
    })
    await fc.assert(walk, { numRuns: 40 })
  })
}

type Direction = 'backward' | 'forward'

interface Turn {
  readonly before: readonly Act[]
  readonly meanwhile: readonly Act[]
  readonly limit: number
}

const LAST: Turn = { before: [], meanwhile: [], limit: 5 }

async function readAll(direction: Direction, turns: readonly Turn[]) {
  const room = new Room()
  const reader = room.world.join('reader', ...CAPS)
  await asked(room.world, reader, 'JOIN #art')
  await room.settles()
  const seen: string[] = []
  let saidAtStart: number | undefined
  for (let i = 0; i < 200; i++) {
    const { before, meanwhile, limit } = turns[i] ?? LAST
    for (const one of before) room.does(one)
    await room.settles()
    saidAtStart ??= room.said.length
    reader.read()
    reader.sends('PING x')
    for (const one of meanwhile) room.does(one)
    const found = await page(room, reader, queryOf(direction, seen, room.said[0] ?? '', limit))
    await room.settles()
    assert.ok(found.length <= limit)
    if (direction === 'backward') seen.unshift(...found)
    else seen.push(...found)
    if (found.length === 0 && i >= turns.length) break
  }
  return { room, seen, saidAtStart: saidAtStart ?? 0 }
}

/** All that is between the first and the last of what was read, in its order and once; what was redacted may be missing. */
function assertComplete(direction: Direction, { said, gone }: Room, seen: readonly string[]): void {
  const places = seen.map((msgid) => said.indexOf(msgid))
  assert.ok(!places.includes(-1), 'something that was never said')
  assert.deepEqual(
    places,
    [...new Set(places)].sort((a, b) => a - b),
  )
  const due = direction === 'backward' ? said.slice(0, places.at(-1) ?? 0) : said.slice(1)
  const missing = due.filter((msgid) => !seen.includes(msgid) && !gone.has(msgid))
  assert.deepEqual(missing, [])
}

function queryOf(
  direction: Direction,
  seen: readonly string[],
  first: string,
  limit: number,
): string {
  if (direction === 'forward') return `AFTER #art msgid=${seen.at(-1) ?? first} ${limit}`
  const [oldest] = seen
  return oldest === undefined ? `LATEST #art * ${limit}` : `BEFORE #art msgid=${oldest} ${limit}`
}
