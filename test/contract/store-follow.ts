import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Followed } from '../../src/history/store.ts'
import { eventAt, redacted, room, said, type StoreStage } from './store-stage.ts'

export function followFacts({ name, place }: StoreStage): void {
  test(`STORE (${name}) - who follows gets every change once, in the order of the commits`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    await using reader = await at.open({ role: 'read' })
    await store.commit([room(1), room(2), ...said(eventAt(1), eventAt(1, { buffer: 2 }))])
    const first = await reader.follow('', 100)
    assert.deepEqual(changesOf(first), ['added 1/1', 'added 2/1'])
    assert.deepEqual(first.changes[1]?.event, eventAt(1, { buffer: 2 }))
    assert.deepEqual(changesOf(await reader.follow(first.position, 100)), [])
    await store.commit([...said(eventAt(2)), redacted('m1'), ...said(eventAt(3))])
    const second = await reader.follow(first.position, 2)
    const third = await reader.follow(second.position, 2)
    assert.deepEqual([...changesOf(second), ...changesOf(third)].toSorted(), [
      'added 1/2',
      'added 1/3',
      'gone 1/1',
    ])
    assert.deepEqual(changesOf(await reader.follow(third.position, 2)), [])
  })

  test(`STORE (${name}) - what was removed is gone for who follows, also when they begin anew`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write' })
    await store.commit([room(1), ...said(eventAt(1), eventAt(2), eventAt(3))])
    const { position } = await store.follow('', 2)
    await store.upkeep.purge({ buffer: 1, fromMs: eventAt(2).timeMs })
    const next = await store.follow(position, 100)
    assert.deepEqual(changesOf(next).toSorted(), ['gone 1/2', 'gone 1/3'])
    await store.commit(said(eventAt(4)))
    assert.deepEqual(changesOf(await store.follow(next.position, 100)), ['added 1/4'])
    const anew = await store.follow('', 100)
    const index = new Set<string>()
    for (const { change, seq } of anew.changes) {
      if (change === 'added') index.add(`${seq}`)
      else index.delete(`${seq}`)
    }
    assert.deepEqual([...index], ['1', '4'])
  })

  test(`STORE (${name}) - the position of another log is no position in this one`, async () => {
    await using at = await place()
    await using elsewhere = await place()
    await using store = await at.open({ role: 'write' })
    await using other = await elsewhere.open({ role: 'write' })
    for (const each of [store, other]) await each.commit([room(1), ...said(eventAt(1))])
    const { position } = await other.follow('', 100)
    assert.equal((await store.follow(position, 100)).forgotten, true)
    assert.equal((await store.follow('nonsense', 100)).forgotten, true)
    assert.equal((await other.follow(position, 100)).forgotten, undefined)
  })
}

function changesOf({ changes }: Followed): string[] {
  return changes.map(({ change, buffer, seq }) => `${change} ${buffer}/${seq}`)
}
