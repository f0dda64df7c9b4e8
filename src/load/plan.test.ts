import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { placeOf, sendersOf } from './plan.ts'

const small = fc.integer({ min: 1, max: 20 })

test('LOAD - a room stays in one thread when there are enough rooms', () => {
  fc.assert(
    fc.property(small, small, fc.nat(200), (threads, more, client) => {
      const deal = { rooms: threads + more, threads }
      const first = placeOf(client, deal)
      assert.deepEqual(placeOf(client + deal.rooms, deal), first)
    }),
  )
})

test('LOAD - every thread gets clients, and all of a room that is shared is dealt evenly', () => {
  fc.assert(
    fc.property(small, small, (rooms, more) => {
      const deal = { rooms, threads: rooms + more }
      const counts = new Map<number, number>()
      for (let client = 0; client < rooms * 400; client++) {
        const { room, thread } = placeOf(client, deal)
        assert.equal(thread % rooms, room)
        assert.ok(thread < deal.threads)
        counts.set(thread, (counts.get(thread) ?? 0) + 1)
      }
      assert.equal(counts.size, deal.threads)
      for (const [thread, count] of counts) {
        const sharers = [...counts.keys()].filter((other) => other % rooms === thread % rooms)
        assert.ok(Math.abs(count - 400 / sharers.length) < 1)
      }
    }),
  )
})

test('LOAD - the threads of a room provide all of its senders together', () => {
  fc.assert(
    fc.property(small, small, fc.nat(50), (rooms, threads, senders) => {
      for (let room = 0; room < rooms; room++) {
        let sum = 0
        for (let thread = 0; thread < threads; thread++) {
          sum += sendersOf(room, thread, { rooms, threads, senders })
        }
        assert.equal(sum, senders)
      }
    }),
  )
})
