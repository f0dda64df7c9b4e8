import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RoomPlaces } from './room-places.ts'

const WORKERS = 3
const step = fc.record({
  what: fc.constantFrom('open', 'enter', 'enter', 'enter', 'leave', 'forget'),
  connection: fc.integer({ min: 1, max: 9 }),
  room: fc.integer({ min: 1, max: 4 }),
} as const)

test('ROOM PLACES - a room is where somebody who is open has entered it and not left', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
      const places = new RoomPlaces(WORKERS)
      const open = new Map<number, Set<number>>()
      for (const { what, connection, room } of steps) {
        const worker = connection % WORKERS
        const rooms = open.get(connection)
        if (what === 'open' && rooms === undefined) {
          places.open(connection)
          open.set(connection, new Set())
        } else if (what === 'enter') {
          places.enter(connection, room, worker)
          rooms?.add(room)
        } else if (what === 'leave') {
          places.leave(connection, room, worker)
          rooms?.delete(room)
        } else if (what === 'forget') {
          places.forget(connection, worker)
          open.delete(connection)
        }
        assertSame(places, open)
      }
    }),
  )
})

test('ROOM PLACES - who enters with the last words leaves no room behind', () => {
  const places = new RoomPlaces(WORKERS)
  places.open(7)
  places.forget(7, 1)
  places.enter(7, 1, 1)
  assert.equal(places.size, 0)
})

function assertSame(places: RoomPlaces, open: ReadonlyMap<number, ReadonlySet<number>>): void {
  const taken = new Set<number>()
  for (let room = 1; room <= 4; room++) {
    for (let worker = 0; worker < WORKERS; worker++) {
      const isThere = [...open].some(([id, rooms]) => id % WORKERS === worker && rooms.has(room))
      assert.equal(places.has(room, worker), isThere)
      if (isThere) taken.add(room)
    }
  }
  assert.equal(places.size, taken.size)
}
