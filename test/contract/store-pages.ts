import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MaintainedStore } from '../../src/history/store-upkeep.ts'
import type { HistoryPoint, PageSpan, Sight } from '../../src/state/history-query.ts'
import { OPERATOR, VOICE } from '../../src/protocol/modes.ts'
import {
  eventAt,
  eventsOf,
  NOW_MS,
  redacted,
  room,
  said,
  SEES_ALL,
  SEES_MESSAGES,
  seqs,
  type StoreStage,
} from './store-stage.ts'

const msgid = (seq: number): HistoryPoint => ({ kind: 'msgid', msgid: `m${seq}` })
const time = (seq: number, moreMs = 0): HistoryPoint => ({
  kind: 'time',
  timeMs: NOW_MS + 10 * seq + moreMs,
})

export function pageFacts({ name, place }: StoreStage): void {
  const pages = async (store: MaintainedStore, span: PageSpan, limit = 3): Promise<number[]> =>
    seqs(await eventsOf(store, { span, sight: SEES_MESSAGES, limit }))

  test(`STORE (${name}) - "Request up to limit number of messages before and excluding the given timestamp or msgid"`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    await tenMessages(store)
    assert.deepEqual(await pages(store, { kind: 'before', point: msgid(6) }), [3, 4, 5])
    assert.deepEqual(await pages(store, { kind: 'before', point: time(6) }), [3, 4, 5])
    assert.deepEqual(await pages(store, { kind: 'before', point: time(6, 1) }), [4, 5, 6])
    assert.deepEqual(await pages(store, { kind: 'before', point: msgid(1) }), [])
    assert.deepEqual(await pages(store, { kind: 'before', point: time(99) }), [8, 9, 10])
  })

  test(`STORE (${name}) - "Request up to limit number of messages after and excluding the given timestamp or msgid"`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    await tenMessages(store)
    assert.deepEqual(await pages(store, { kind: 'after', point: msgid(6) }), [7, 8, 9])
    assert.deepEqual(await pages(store, { kind: 'after', point: time(6) }), [7, 8, 9])
    assert.deepEqual(await pages(store, { kind: 'after', point: time(6, -1) }), [6, 7, 8])
    assert.deepEqual(await pages(store, { kind: 'after', point: msgid(10) }), [])
    assert.deepEqual(await pages(store, { kind: 'after', point: time(-99) }), [1, 2, 3])
  })

  test(`STORE (${name}) - LATEST: "the returned messages are restricted to those sent after and excluding that timestamp or msgid"`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    await tenMessages(store)
    assert.deepEqual(await pages(store, { kind: 'latest' }), [8, 9, 10])
    assert.deepEqual(await pages(store, { kind: 'latest', after: msgid(4) }), [8, 9, 10])
    assert.deepEqual(await pages(store, { kind: 'latest', after: msgid(8) }), [9, 10])
    assert.deepEqual(await pages(store, { kind: 'latest', after: time(9) }), [10])
  })

  test(`STORE (${name}) - AROUND: the message itself, and as many before as after it`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    await tenMessages(store)
    assert.deepEqual(await pages(store, { kind: 'around', point: msgid(6) }, 1), [6])
    assert.deepEqual(await pages(store, { kind: 'around', point: msgid(6) }, 3), [5, 6, 7])
    assert.deepEqual(await pages(store, { kind: 'around', point: msgid(6) }, 4), [5, 6, 7, 8])
    assert.deepEqual(await pages(store, { kind: 'around', point: msgid(1) }, 3), [1, 2])
    assert.deepEqual(await pages(store, { kind: 'around', point: time(6) }, 1), [6])
    assert.deepEqual(await pages(store, { kind: 'around', point: time(6) }, 3), [5, 6, 7])
  })

  test(`STORE (${name}) - BETWEEN: "counted starting from and excluding the first message selector, while finishing on and excluding the second"`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    await tenMessages(store)
    const between = (from: HistoryPoint, to: HistoryPoint): Promise<number[]> =>
      pages(store, { kind: 'between', from, to })
    assert.deepEqual(await between(msgid(2), msgid(8)), [3, 4, 5])
    assert.deepEqual(await between(msgid(8), msgid(2)), [5, 6, 7])
    assert.deepEqual(await between(time(2), msgid(5)), [3, 4])
    assert.deepEqual(await between(msgid(5), time(2)), [3, 4])
    assert.deepEqual(await between(msgid(5), msgid(5)), [])
    assert.deepEqual(await between(msgid(5), time(5)), [])
    assert.deepEqual(await between(time(5), time(5)), [])
    assert.deepEqual(await between(time(4, 5), time(5, 5)), [5])
    assert.deepEqual(await between(time(5, 5), time(4, 5)), [5])
  })

  test(`STORE (${name}) - a time stands before and after all events that have another`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    const same = { timeMs: NOW_MS + 20 }
    await store.commit([
      room(1),
      ...said(eventAt(1), eventAt(2, same), eventAt(3, same), eventAt(4, same), eventAt(5)),
    ])
    assert.deepEqual(await pages(store, { kind: 'before', point: time(2) }), [1])
    assert.deepEqual(await pages(store, { kind: 'after', point: time(2) }), [5])
    assert.deepEqual(await pages(store, { kind: 'before', point: msgid(3) }), [1, 2])
    assert.deepEqual(await pages(store, { kind: 'after', point: msgid(3) }), [4, 5])
  })

  test(`STORE (${name}) - a msgid that isn't in the buffer, or may not be seen, is no place`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    await tenMessages(store)
    await store.commit([
      room(2),
      ...said(eventAt(1, { buffer: 2, msgid: 'other' }), eventAt(11, { least: OPERATOR })),
    ])
    const ask = (id: string, sight: Sight) =>
      store.page({
        buffer: 1,
        span: { kind: 'before', point: { kind: 'msgid', msgid: id } },
        sight,
        limit: 1,
      })
    assert.deepEqual(await ask('other', SEES_ALL), { kind: 'noSuchMsgid', msgid: 'other' })
    assert.deepEqual(await ask('m11', { ...SEES_ALL, ranks: VOICE }), {
      kind: 'noSuchMsgid',
      msgid: 'm11',
    })
    assert.deepEqual(await ask('m4', { ...SEES_ALL, sinceMs: NOW_MS + 41 }), {
      kind: 'noSuchMsgid',
      msgid: 'm4',
    })
    assert.equal((await ask('m11', { ...SEES_ALL, ranks: OPERATOR })).kind, 'page')
    assert.equal((await ask('m4', { ...SEES_ALL, sinceMs: NOW_MS + 40 })).kind, 'page')
  })

  test(`STORE (${name}) - what can't be seen doesn't count, and a JOIN is a place in a page of messages`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    const joins = [2, 3, 4, 6, 7, 8].map((seq) => eventAt(seq, { command: 'JOIN', body: '[]' }))
    const secret = eventAt(9, { least: OPERATOR })
    const all = [eventAt(1), eventAt(5), eventAt(10), ...joins, secret]
    await store.commit([room(1), ...said(...all.toSorted((a, b) => a.seq - b.seq))])
    const latest = (sight: Sight, limit: number): Promise<readonly number[]> =>
      eventsOf(store, { span: { kind: 'latest' }, sight, limit }).then(seqs)
    assert.deepEqual(await latest(SEES_MESSAGES, 2), [5, 10])
    assert.deepEqual(await latest({ ...SEES_MESSAGES, ranks: OPERATOR | VOICE }, 2), [9, 10])
    assert.deepEqual(await latest({ ...SEES_ALL, ranks: VOICE }, 3), [7, 8, 10])
    assert.deepEqual(await latest({ ...SEES_ALL, sinceMs: NOW_MS + 75 }, 9), [8, 9, 10])
    assert.deepEqual(await pages(store, { kind: 'before', point: msgid(7) }), [1, 5])
  })

  test(`STORE (${name}) - a redacted message's content is gone, and its place stays`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    await tenMessages(store)
    await store.commit([redacted('m5'), redacted('nobody'), redacted('m5', 2)])
    await store.commit([
      { kind: 'redact', buffer: 1, msgid: 'm5', source: 'late', reason: 'too', timeMs: 1 },
    ])
    const around: PageSpan = { kind: 'around', point: msgid(5) }
    assert.deepEqual(await pages(store, around, 2), [4, 6])
    assert.deepEqual(await pages(store, { kind: 'before', point: msgid(5) }), [2, 3, 4])
    const sight: Sight = { ...SEES_MESSAGES, redacted: 'shown' }
    const redaction = { source: 'Op!op@host.example', reason: 'spam', timeMs: NOW_MS + 5 }
    const left = eventAt(5, { flags: 4, body: '', redaction })
    assert.deepEqual(await eventsOf(store, { span: around, sight, limit: 1 }), [left])
    assert.deepEqual(await store.find(1, 'm5'), left)
  })

  test(`STORE (${name}) - what was redacted in the commit that said it is redacted`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    await store.commit([
      room(1),
      ...said(eventAt(1), eventAt(2)),
      redacted('m1'),
      ...said(eventAt(3)),
    ])
    assert.deepEqual(await pages(store, { kind: 'latest' }), [2, 3])
    assert.equal((await store.find(1, 'm1'))?.body, '')
  })

  test(`STORE (${name}) - TARGETS: "a target is not returned if its latest message is outside of the selection parameters"`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    await store.commit([
      room(1),
      room(2),
      room(3),
      room(4),
      ...said(
        eventAt(1),
        eventAt(5),
        eventAt(6, { command: 'JOIN' }),
        eventAt(3, { buffer: 2 }),
        eventAt(8, { buffer: 3, least: OPERATOR }),
        eventAt(9, { buffer: 3, command: 'TAGMSG' }),
        eventAt(4, { buffer: 4 }),
        eventAt(7, { buffer: 4 }),
      ),
      redacted('m7', 4),
    ])
    const buffers = [1, 2, 3, 4].map((buffer) => ({ buffer, sight: { ...SEES_ALL, ranks: 0 } }))
    const ask = async (from: number, to: number, limit: number): Promise<number[]> => {
      const span = { fromMs: NOW_MS + 10 * from, toMs: NOW_MS + 10 * to }
      const rows = await store.targets({ buffers, ...span, limit })
      return rows.map(({ buffer }) => buffer)
    }
    assert.deepEqual(await ask(0, 100, 9), [2, 4, 1])
    assert.deepEqual(await ask(100, 0, 9), [2, 4, 1])
    assert.deepEqual(await ask(0, 100, 2), [2, 4])
    assert.deepEqual(await ask(100, 0, 2), [4, 1])
    assert.deepEqual(await ask(3, 5, 9), [4])
    assert.deepEqual(await store.targets({ buffers: [], fromMs: 0, toMs: NOW_MS, limit: 3 }), [])
    const since = [{ buffer: 1, sight: { ...SEES_ALL, sinceMs: NOW_MS + 51 } }]
    assert.deepEqual(
      await store.targets({ buffers: since, fromMs: 0, toMs: 2 * NOW_MS, limit: 3 }),
      [],
    )
  })

  test(`STORE (${name}) - the last message is found at once behind a hundred thousand JOINs`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write', durability: 'relaxed' })
    await store.commit([room(1), ...said(eventAt(1))])
    const join = { command: 'JOIN', body: '[]', msgid: 'j' } as const
    for (let first = 2; first < 100_000; first += 10_000) {
      const joins = Array.from({ length: 10_000 }, (_, index) => eventAt(first + index, join))
      await store.commit(said(...joins))
    }
    const beganMs = performance.now()
    for (let time = 0; time < 20; time++) {
      assert.deepEqual(await pages(store, { kind: 'latest' }, 50), [1])
    }
    const tookMs = performance.now() - beganMs
    const all = performance.now()
    await eventsOf(store, { span: { kind: 'latest' }, sight: SEES_ALL, limit: 20_000 })
    // Twenty pages of one message against one of a fifth of the JOINs: whoever walks over them loses.
    assert.ok(tookMs < performance.now() - all, `${tookMs} ms`)
  })
}

async function tenMessages(store: MaintainedStore): Promise<void> {
  const events = Array.from({ length: 10 }, (_, index) => eventAt(index + 1))
  await store.commit([room(1), ...said(...events)])
}
