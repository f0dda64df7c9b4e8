import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from '../base/log.ts'
import type { BufferRetention, Retention, StoreUpkeep } from '../history/store-upkeep.ts'
import { createPastBuffers } from './past-buffers.ts'
import { startRetention } from './retention.ts'
import type { RetentionSettings } from './settings.ts'

const NONE = { days: undefined, messages: undefined }

interface Asked {
  readonly rule: Retention
  readonly perBuffer: ReadonlyMap<number, BufferRetention>
}

/** A store that says when it is to go on. */
function stage(first: Partial<RetentionSettings>) {
  const asked: Asked[] = []
  const waiting: PromiseWithResolvers<number>[] = []
  const logged: string[] = []
  let rules: RetentionSettings = { ...NONE, bytes: undefined, rooms: [], ...first }
  const retain: StoreUpkeep['retain'] = (rule, perBuffer = new Map()) => {
    asked.push({ rule, perBuffer })
    const pass = Promise.withResolvers<number>()
    waiting.push(pass)
    return pass.promise
  }
  const room = { of: 'room', people: [], createdAtMs: 0 } as const
  const buffers = createPastBuffers([
    { ...room, id: 1, name: '#old' },
    { ...room, id: 2, name: '#dear' },
  ])
  const note = (event: string, fields = {}) =>
    void logged.push(`${event} ${JSON.stringify(fields)}`)
  const retention = startRetention({
    history: { upkeep: { retain } as StoreUpkeep, buffers },
    rooms: () => [{ name: '#new', buffer: 1 }],
    rules: () => rules,
    log: { ...silentLog, info: note, error: note },
    clock: { now: () => 0, monotonic: () => 0 },
  })
  return {
    asked,
    waiting,
    logged,
    retention,
    change: (other: Partial<RetentionSettings>) => (rules = { ...rules, ...other }),
    [Symbol.dispose]: () => retention[Symbol.dispose](),
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('RETENTION - at the start, with what is set and nothing else; rooms have theirs under the name of today', () => {
  using it = stage({
    days: 30,
    bytes: 5000,
    rooms: [
      { name: '#NEW', ...NONE, messages: 7 },
      { name: '#dear', ...NONE },
      { name: '#nowhere', ...NONE, days: 1 },
    ],
  })
  assert.deepEqual(it.asked, [
    {
      rule: { days: 30, bytes: 5000 },
      perBuffer: new Map([
        [1, { messages: 7 }],
        [2, {}],
      ]),
    },
  ])
})

test('RETENTION - with nothing set, the log is left alone', async () => {
  using it = stage({ rooms: [{ name: '#dear', ...NONE }] })
  it.retention.look()
  await turn()
  assert.deepEqual(it.asked, [])
})

test('RETENTION - rules that change during a pass have one of their own after it', async () => {
  using it = stage({ days: 30 })
  it.change({ days: 10 })
  it.retention.look()
  it.retention.look()
  await turn()
  assert.equal(it.asked.length, 1)
  it.waiting[0]?.resolve(12)
  await turn()
  it.waiting[1]?.resolve(0)
  await turn()
  assert.deepEqual(
    it.asked.map(({ rule }) => rule),
    [{ days: 30 }, { days: 10 }],
  )
  assert.deepEqual(it.logged, ['old history removed {"events":12,"tookMs":0}'])
})

test('RETENTION - a pass that fails is told, and the next is tried; not so when the server stops', async () => {
  using it = stage({ days: 30 })
  it.waiting[0]?.reject(new Error('no disk'))
  await turn()
  assert.deepEqual(it.logged, ['old history not removed {"error":"Error: no disk"}'])
  it.retention.look()
  it.retention[Symbol.dispose]()
  it.waiting[1]?.reject(new Error('the store is closed'))
  await turn()
  assert.equal(it.logged.length, 1)
})
