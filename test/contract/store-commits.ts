import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommitRefused } from '../../src/history/store.ts'
import type { LogRecord } from '../../src/state/record.ts'
import {
  eventAt,
  eventsOf,
  NOW_MS,
  redacted,
  room,
  said,
  SEES_ALL,
  seqs,
  stageClock,
  type StoreStage,
} from './store-stage.ts'

const LATEST = { span: { kind: 'latest' }, sight: SEES_ALL, limit: 100 } as const

export function commitFacts({ name, place }: StoreStage): void {
  test(`STORE (${name}) - a new one is empty, and opens again as it was left`, async () => {
    await using at = await place()
    {
      await using store = await at.open({ role: 'write' })
      assert.deepEqual(await store.load(), { buffers: [], kept: [], damaged: [], sent: [] })
      await store.commit([room(1), ...said(eventAt(1), eventAt(7))])
    }
    await using store = await at.open({ role: 'write' })
    const [buffer] = (await store.load()).buffers
    assert.deepEqual(buffer, {
      id: 1,
      of: 'room',
      name: '#room1',
      people: [],
      createdAtMs: NOW_MS + 1,
      lastSeq: 7,
      lastTimeMs: NOW_MS + 70,
    })
    assert.deepEqual(await eventsOf(store, LATEST), [eventAt(1), eventAt(7)])
  })

  test(`STORE (${name}) - an event comes back as it was, whatever is in it`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    const event = eventAt(2 ** 40, {
      timeMs: NOW_MS + 3,
      command: 'KICK',
      source: "마루!m'a\\r@호스트",
      person: 'g:"x"',
      flags: 3,
      least: 16,
      clientTags: '+draft/reply=a\\:b;+x',
      body: `["Ayu","it's {all} \\\\ \\"quoted\\", 👩🏽‍🚀 \u0001\t\r\n, null, %s ? $1"]`,
    })
    await store.commit([room(1), ...said(event)])
    assert.deepEqual(await eventsOf(store, LATEST), [event])
    assert.deepEqual(await store.find(1, event.msgid), event)
    assert.equal(await store.find(2, event.msgid), undefined)
    assert.equal(await store.find(1, 'M' + event.msgid.slice(1)), undefined)
  })

  test(`STORE (${name}) - a pair keeps its people`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    const people = ['a:ayu', 'g:마루 "1"']
    await store.commit([
      { kind: 'buffer', buffer: { id: 9, of: 'pair', name: '', people, createdAtMs: NOW_MS } },
    ])
    const [buffer] = (await store.load()).buffers
    assert.deepEqual(buffer?.people, people)
    assert.deepEqual([buffer?.of, buffer?.lastSeq, buffer?.lastTimeMs], ['pair', 0, 0])
  })

  test(`STORE (${name}) - the newest value of a key is kept, and none of a forgotten one`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    const keep = (key: string, value: string): LogRecord => ({
      kind: 'keep',
      table: 'account',
      key,
      value,
    })
    const forget = (key: string): LogRecord => ({ kind: 'forget', table: 'account', key })
    await store.commit([keep('a', '1'), keep('b', '1'), keep('a', '2'), keep('d', '1')])
    await store.commit([
      forget('b'),
      keep('c', '1'),
      forget('c'),
      forget('d'),
      keep('d', '{"d":2}'),
    ])
    await store.commit([{ kind: 'keep', table: 'marker', key: 'a', value: '9' }])
    const { kept } = await store.load()
    assert.deepEqual(kept.map(({ table, key, value }) => `${table} ${key} ${value}`).toSorted(), [
      'account a 2',
      'account d {"d":2}',
      'marker a 9',
    ])
  })

  test(`STORE (${name}) - what clients called their messages is known for a day`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write', clock: stageClock })
    const sent = (clientMsgid: string, ageMs: number): LogRecord => ({
      kind: 'sent',
      person: 'a:ayu',
      clientMsgid,
      msgid: `m-${clientMsgid}`,
      timeMs: NOW_MS - ageMs,
      digest: 'd',
    })
    const dayMs = 24 * 60 * 60 * 1000
    await store.commit([sent('old', dayMs + 1), sent('edge', dayMs)])
    await store.commit([sent('new', 0)])
    const loaded = await store.load()
    assert.deepEqual(
      loaded.sent.map(({ clientMsgid }) => clientMsgid),
      ['edge', 'new'],
    )
    assert.deepEqual(loaded.sent[1], {
      person: 'a:ayu',
      clientMsgid: 'new',
      msgid: 'm-new',
      timeMs: NOW_MS,
      digest: 'd',
    })
  })

  test(`STORE (${name}) - a refused commit leaves nothing, and the next one is as if it had not been`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    await store.commit([room(1), ...said(eventAt(1))])
    const before = await store.load()
    const position = (await store.follow('', 100)).position
    const twice = [
      room(2),
      ...said(eventAt(2), eventAt(1, { msgid: 'again' })),
      redacted('m1'),
      { kind: 'keep', table: 'room', key: 'x', value: '1' } as const,
    ]
    await assert.rejects(store.commit(twice), (error) => {
      assert.ok(error instanceof CommitRefused)
      assert.equal(error.why, 'failed')
      return true
    })
    assert.deepEqual(await store.load(), before)
    assert.deepEqual((await store.follow(position, 100)).changes, [])
    assert.deepEqual(await eventsOf(store, LATEST), [eventAt(1)])
    await store.commit([room(2), ...said(eventAt(2))])
    assert.deepEqual(seqs(await eventsOf(store, LATEST)), [1, 2])
  })

  test(`STORE (${name}) - a commit of nothing is fine, and one of thousands`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    await store.commit([])
    const events = Array.from({ length: 5000 }, (_, index) => eventAt(index + 1))
    await store.commit([room(1), ...said(...events)])
    assert.deepEqual(await eventsOf(store, { ...LATEST, limit: 10_000 }), events)
    assert.equal((await store.figures()).events, 5000)
  })

  test(`STORE (${name}) - commits that are asked for together are made in their order`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    const first = store.commit([room(1)])
    const commits = Array.from({ length: 20 }, (_, index) =>
      store.commit([
        ...said(eventAt(index + 1)),
        { kind: 'keep', table: 'room', key: 'last', value: String(index + 1) },
      ]),
    )
    await Promise.all([first, ...commits])
    const { changes } = await store.follow('', 100)
    assert.deepEqual(
      changes.map(({ seq }) => seq),
      Array.from({ length: 20 }, (_, index) => index + 1),
    )
    assert.equal((await store.load()).kept[0]?.value, '20')
  })

  test(`STORE (${name}) - who reads while it is written sees whole commits, and all that was acknowledged`, async () => {
    await using at = await place()
    await using writer = await at.open({ role: 'write' })
    await using reader = await at.open({ role: 'read' })
    await writer.commit([room(1)])
    const size = 7
    let acknowledged = 0
    let isWriting = true
    const writing = (async () => {
      for (let commit = 0; commit < 40; commit++) {
        const events = Array.from({ length: size }, (_, index) =>
          eventAt(commit * size + index + 1),
        )
        await writer.commit(said(...events))
        acknowledged = (commit + 1) * size
        await new Promise(setImmediate)
      }
      isWriting = false
    })()
    while (isWriting) {
      const known = acknowledged
      const seen = seqs(await eventsOf(reader, { ...LATEST, limit: 1000 }))
      assert.equal(seen.length % size, 0)
      assert.ok(seen.length >= known)
      assert.deepEqual(
        seen,
        seen.map((_, index) => index + 1),
      )
      await new Promise(setImmediate)
    }
    await writing
    assert.equal((await eventsOf(reader, { ...LATEST, limit: 1000 })).length, 40 * size)
  })

  test(`STORE (${name}) - a damaged row is never shown, counted once, and doesn't end a page`, async () => {
    await using at = await place()
    await using writer = await at.open({ role: 'write' })
    await writer.commit([room(1), ...said(...[1, 2, 3, 4].map((seq) => eventAt(seq)))])
    await at.damage(eventAt(3))
    const texts: string[] = []
    await using store = await at.open({ role: 'read', report: ({ text }) => texts.push(text) })
    const page = { span: { kind: 'latest' }, sight: SEES_ALL, limit: 2 } as const
    assert.deepEqual(seqs(await eventsOf(store, page)), [2, 4])
    assert.deepEqual(seqs(await eventsOf(store, { ...page, limit: 10 })), [1, 2, 4])
    assert.equal(await store.find(1, 'm3'), undefined)
    const { changes } = await store.follow('', 10)
    assert.deepEqual(
      changes.map(({ seq }) => seq),
      [1, 2, 4],
    )
    assert.equal((await store.figures()).damaged, 1)
    assert.match(texts.join('\n'), /^row \d+ \(buffer 1, seq 3\) is damaged[^\n]*$/)
  })

  test(`STORE (${name}) - what is kept and has changed by itself is named, and not used`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    const keep = (key: string): LogRecord => ({ kind: 'keep', table: 'account', key, value: '{}' })
    await store.commit([keep('ayu'), keep('mina')])
    await at.damageKept('mina')
    const { kept, damaged } = await store.load()
    assert.deepEqual(
      kept.map(({ key }) => key),
      ['ayu'],
    )
    assert.deepEqual(damaged, [{ table: 'account', key: 'mina' }])
    await store.commit([keep('mina')])
    assert.deepEqual((await store.load()).damaged, [])
  })

  test(`STORE (${name}) - after a damaged last row the order goes on after it`, async () => {
    await using at = await place()
    {
      await using writer = await at.open({ role: 'write' })
      await writer.commit([room(1), ...said(eventAt(1), eventAt(2))])
      await at.damage(eventAt(2))
    }
    await using store = await at.open({ role: 'write' })
    const [buffer] = (await store.load()).buffers
    assert.deepEqual([buffer?.lastSeq, buffer?.lastTimeMs], [2, NOW_MS + 10])
  })

  test(`STORE (${name}) - "relaxed" is a promise that can be kept, too`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write', durability: 'relaxed' })
    await store.commit([room(1), ...said(eventAt(1))])
    assert.deepEqual(seqs(await eventsOf(store, LATEST)), [1])
    assert.ok((await store.figures()).bytes > 0)
  })
}
