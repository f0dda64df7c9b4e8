import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MaintainedStore } from '../../src/history/store-upkeep.ts'
import type { LogRecord, StoredEvent } from '../../src/state/record.ts'
import {
  collect,
  eventAt,
  NOW_MS,
  redacted,
  room,
  said,
  seqs,
  stageClock,
  type StoreStage,
} from './store-stage.ts'

const DAY_MS = 24 * 60 * 60 * 1000

export function upkeepFacts({ name, place }: StoreStage): void {
  test(`STORE (${name}) - what is older than its days is removed, and a buffer may have days of its own`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write', clock: stageClock })
    const aged = (seq: number, days: number, buffer: number): StoredEvent =>
      eventAt(seq, { buffer, timeMs: NOW_MS - days * DAY_MS })
    for (const buffer of [1, 2, 3]) {
      const events = [
        aged(1, 9, buffer),
        aged(2, 8, buffer),
        aged(3, 7, buffer),
        aged(4, 1, buffer),
      ]
      await store.commit([room(buffer), ...said(...events)])
    }
    const count = await store.upkeep.retain(
      { days: 7 },
      new Map([
        [2, { days: 8 }],
        [3, {}],
      ]),
    )
    assert.equal(count, 3)
    assert.deepEqual(await left(store, 1), [3, 4])
    assert.deepEqual(await left(store, 2), [2, 3, 4])
    assert.deepEqual(await left(store, 3), [1, 2, 3, 4])
    assert.equal((await store.figures()).events, 9)
  })

  test(`STORE (${name}) - of a buffer its newest messages are kept, with all that happened since the first of them`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    const join = { command: 'JOIN', body: '[]' } as const
    const events = [
      eventAt(1),
      eventAt(2, join),
      eventAt(3),
      eventAt(4, join),
      eventAt(5),
      eventAt(6, join),
    ]
    await store.commit([room(1), room(2), ...said(...events), ...said(eventAt(1, { buffer: 2 }))])
    assert.equal(await store.upkeep.retain({ messages: 2 }), 2)
    assert.deepEqual(await left(store, 1), [3, 4, 5, 6])
    assert.deepEqual(await left(store, 2), [1])
    assert.equal(await store.upkeep.retain({ messages: 2 }), 0)
  })

  test(`STORE (${name}) - a log that is too large loses its oldest events, and the disk gets room`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    const body = 'x'.repeat(1000)
    await store.commit([room(1)])
    for (let first = 1; first <= 6000; first += 1000) {
      const events = Array.from({ length: 1000 }, (_, index) => eventAt(first + index, { body }))
      await store.commit(said(...events))
    }
    const bytes = 3_000_000
    const count = await store.upkeep.retain({ bytes })
    assert.ok(count > 1000 && count < 6000, `${count}`)
    const kept = await left(store, 1)
    assert.deepEqual([kept[0], kept.at(-1), kept.length], [count + 1, 6000, 6000 - count])
    assert.equal(await store.upkeep.retain({ bytes }), 0)
  })

  test(`STORE (${name}) - the order of a buffer goes on where it was, also when its newest events are gone`, async () => {
    await using at = await place()
    {
      await using store = await at.open({ role: 'write' })
      await store.commit([room(1), ...said(eventAt(1), eventAt(2))])
      assert.equal(await store.upkeep.purge({ buffer: 1 }), 2)
    }
    await using store = await at.open({ role: 'write' })
    const [buffer] = (await store.load()).buffers
    assert.deepEqual([buffer?.lastSeq, buffer?.lastTimeMs], [2, NOW_MS + 20])
    assert.equal((await store.figures()).events, 0)
  })

  test(`STORE (${name}) - purging removes what all of its fields apply to, and nothing when there are none`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    await store.commit(crowd())
    assert.equal(await store.upkeep.purge({}), 0)
    assert.equal(await store.upkeep.purge({ person: 'a:bo', buffer: 2 }), 1)
    assert.deepEqual(await left(store, 2), [1, 3])
    assert.equal(
      await store.upkeep.purge({ fromMs: NOW_MS + 20, toMs: NOW_MS + 30, sourceNick: 'bo[]' }),
      1,
    )
    assert.deepEqual(await left(store, 1), [1, 3])
    assert.equal(await store.upkeep.purge({ sourceNick: 'ayu' }), 4)
    assert.deepEqual([...(await left(store, 1)), ...(await left(store, 2))], [])
  })

  test(`STORE (${name}) - an erased person's words and names are gone, and their places stay`, async () => {
    await using at = await place()
    {
      await using store = await at.open({ role: 'write' })
      await store.commit([
        ...crowd(),
        { kind: 'redact', buffer: 1, msgid: 'm3', source: BO.source, reason: 'bo says', timeMs: 9 },
        {
          kind: 'sent',
          person: BO.person,
          clientMsgid: 'c',
          msgid: 'm2',
          timeMs: NOW_MS,
          digest: 'd',
        },
      ])
      assert.equal(await store.upkeep.erasePerson(BO.person), 2)
      const event = await store.find(1, 'm2')
      assert.deepEqual(event, {
        ...eventAt(2, { flags: 4, body: '', person: '', source: 'erased!erased@erased' }),
      })
      assert.deepEqual(await left(store, 1), [1, 2, 3])
      assert.equal((await store.find(1, 'm3'))?.redaction?.reason, '')
      const { buffers, sent } = await store.load()
      assert.deepEqual(sent, [])
      const { people, name: nicks } = buffers.find(({ of }) => of === 'pair') ?? {}
      assert.deepEqual(people, ['a:ayu', 'x:3'])
      assert.equal(nicks, 'Ayu erased')
      assert.deepEqual(await collect(store.upkeep.exportPerson(BO.person)), [])
    }
    for (const text of ['secret of bo', BO.source, 'bo says', '"a:bo"']) {
      assert.equal(await at.count(text), 0, text)
    }
    assert.ok((await at.count('text of ayu')) > 0)
  })

  test(`STORE (${name}) - what was redacted or removed is not on the disk any more`, async () => {
    await using at = await place()
    {
      await using store = await at.open({ role: 'write' })
      await store.commit([
        room(1),
        ...said(
          eventAt(1, { body: 'the password is here', clientTags: '+secret=tag' }),
          eventAt(2, { body: 'also this goes' }),
          eventAt(3, { body: 'but this stays' }),
        ),
      ])
      await store.commit([redacted('m1')])
      await store.upkeep.purge({ fromMs: eventAt(2).timeMs, toMs: eventAt(3).timeMs })
    }
    assert.equal(await at.count('password is here'), 0)
    assert.equal(await at.count('secret=tag'), 0)
    assert.equal(await at.count('also this goes'), 0)
    assert.ok((await at.count('but this stays')) > 0)
  })

  test(`STORE (${name}) - a buffer and a person are exported whole, in order`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    await using reader = await at.open({ role: 'read' })
    const events = Array.from({ length: 1500 }, (_, index) =>
      eventAt(index + 1, index % 3 === 0 ? BO : {}),
    )
    await store.commit([room(1), ...said(...events), redacted('m5')])
    const all = await collect(reader.upkeep.exportBuffer(1))
    assert.deepEqual(seqs(all), seqs(events))
    assert.equal(all[4]?.redaction?.reason, 'spam')
    const his = await collect(reader.upkeep.exportPerson(BO.person))
    assert.deepEqual(
      his,
      events.filter(({ person }) => person === BO.person),
    )
  })

  test(`STORE (${name}) - commits go on while the log is tidied, and a store that reads tidies nothing`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write', durability: 'relaxed' })
    await using reader = await at.open({ role: 'read' })
    await store.commit([room(1), room(2)])
    for (let first = 1; first <= 4000; first += 1000) {
      await store.commit(
        said(...Array.from({ length: 1000 }, (_, index) => eventAt(first + index))),
      )
    }
    const tidying = store.upkeep.purge({ buffer: 1 })
    for (let seq = 1; seq <= 30; seq++) {
      await store.commit(said(eventAt(seq, { buffer: 2 })))
      await new Promise(setImmediate)
    }
    assert.equal(await tidying, 4000)
    assert.equal((await left(store, 2)).length, 30)
    assert.equal((await store.figures()).events, 30)
    await assert.rejects(reader.upkeep.purge({ buffer: 2 }), /only reads/)
    await assert.rejects(reader.upkeep.retain({ days: 1 }), /only reads/)
    await assert.rejects(reader.upkeep.erasePerson('a:ayu'), /only reads/)
  })
}

const BO = { source: 'Bo[]!bo@host.example', person: 'a:bo' } as const

/** Ayu, Bo, Ayu in each of two rooms, and a pair of both. */
function crowd(): LogRecord[] {
  const events = [1, 2].flatMap((buffer) => [
    eventAt(1, { buffer, body: 'text of ayu' }),
    eventAt(2, { buffer, body: 'secret of bo', ...BO }),
    eventAt(3, { buffer }),
  ])
  const pair = { id: 3, of: 'pair', name: 'Ayu Bo[]', people: ['a:ayu', BO.person] } as const
  return [
    room(1),
    room(2),
    { kind: 'buffer', buffer: { ...pair, createdAtMs: NOW_MS } },
    ...said(...events),
  ]
}

function left(store: MaintainedStore, buffer: number): Promise<number[]> {
  return collect(store.upkeep.exportBuffer(buffer)).then(seqs)
}
