import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Rooms, type Member } from './rooms.ts'

const MEMBERS = 8
const ROOMS = [1, 2, 3]
const CLASSES = [0, 1, 2]

const step = fc.record({
  what: fc.constantFrom('enter', 'enter', 'leave', 'classify', 'leaveAll'),
  slot: fc.integer({ min: 0, max: MEMBERS - 1 }),
  room: fc.constantFrom(...ROOMS),
  deliveryClass: fc.constantFrom(...CLASSES),
} as const)

interface Known {
  deliveryClass: number
  readonly rooms: Set<number>
}

test('ROOMS - a cast finds those of a class who are in one of its rooms, each once', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100, size: 'max' }), (steps) => {
      const rooms = new Rooms<Member>()
      const members = Array.from({ length: MEMBERS }, (_, slot): Member => ({
        slot,
        deliveryClass: 0,
        places: [],
      }))
      const model = members.map((): Known => ({ deliveryClass: 0, rooms: new Set() }))
      for (const { what, slot, room, deliveryClass } of steps) {
        const member = members[slot]
        const known = model[slot]
        assert.ok(member && known)
        if (what === 'enter') {
          rooms.enter(member, room)
          known.rooms.add(room)
        } else if (what === 'leave') {
          rooms.leave(member, room)
          known.rooms.delete(room)
        } else if (what === 'leaveAll') {
          rooms.leaveAll(member)
          known.rooms.clear()
        } else {
          rooms.classify(member, deliveryClass)
          known.deliveryClass = deliveryClass
        }
        assertSame(rooms, model)
      }
    }),
  )
})

function assertSame(rooms: Rooms<Member>, model: readonly Known[]): void {
  for (const asked of [[], [1], [2], [3], [1, 2], [3, 1], [1, 2, 3], [2, 2], [4]]) {
    for (const deliveryClass of CLASSES) {
      const expected = model.flatMap((known, slot) => {
        const isAsked = asked.some((room) => known.rooms.has(room))
        return isAsked && known.deliveryClass === deliveryClass ? [slot] : []
      })
      const found = [...rooms.slotsOf(asked, deliveryClass)].sort((a, b) => a - b)
      assert.deepEqual(found, expected)
    }
  }
  const taken = ROOMS.filter((room) => model.some((known) => known.rooms.has(room)))
  assert.equal(rooms.size, taken.length)
}
