import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RoomClasses } from './room-classes.ts'

const sorted = (classes: Iterable<number>): number[] => [...classes].sort((a, b) => a - b)

test('CLASSES - a class is in a room as long as somebody of it is', () => {
  const rooms = new RoomClasses()
  rooms.enter(1, 7)
  rooms.enter(1, 7)
  rooms.leave(1, 7)
  assert.deepEqual(sorted(rooms.in([1])), [7])
  rooms.leave(1, 7)
  assert.deepEqual(sorted(rooms.in([1])), [])
})

test('CLASSES - of several rooms each class comes once; of none and of unknown ones, nothing', () => {
  const rooms = new RoomClasses()
  rooms.enter(1, 7)
  rooms.enter(2, 7)
  rooms.enter(2, 8)
  assert.deepEqual(sorted(rooms.in([1, 2, 3])), [7, 8])
  assert.deepEqual(sorted(rooms.in([])), [])
  assert.deepEqual(sorted(rooms.in([9])), [])
})

test('CLASSES - who was never there leaves nothing behind', () => {
  const rooms = new RoomClasses()
  rooms.leave(1, 7)
  rooms.enter(1, 8)
  rooms.leave(1, 7)
  assert.deepEqual(sorted(rooms.in([1])), [8])
})

test('CLASSES - they are what a recount of all members says', () => {
  const step = fc.record({ who: fc.nat(9), room: fc.integer({ min: 1, max: 3 }), one: fc.nat(2) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const rooms = new RoomClasses()
      const members = new Map<string, { room: number; one: number }>()
      for (const { who, room, one } of steps) {
        const key = `${who} ${room}`
        const there = members.get(key)
        if (there === undefined) {
          rooms.enter(room, one)
          members.set(key, { room, one })
        } else {
          rooms.leave(room, there.one)
          members.delete(key)
        }
        for (const asked of [[1], [2], [1, 3], [1, 2, 3]]) {
          const there = [...members.values()].filter((each) => asked.includes(each.room))
          const counted = new Set(there.map(({ one: each }) => each))
          assert.deepEqual(sorted(rooms.in(asked)), sorted(counted))
        }
      }
    }),
  )
})
