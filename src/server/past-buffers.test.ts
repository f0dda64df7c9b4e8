import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Buffer } from '../state/record.ts'
import { createPastBuffers } from './past-buffers.ts'

function room(id: number, name: string): Buffer {
  return { id, of: 'room', name, people: [], createdAtMs: 0 }
}

test('PAST BUFFERS - a name is that of the room that has it now, and of those that have ended', () => {
  const buffers = createPastBuffers([room(1, '#one'), room(2, '#One'), room(3, '#two')])
  buffers.note([{ kind: 'buffer', buffer: room(4, '#one') }])
  // The third was renamed, and the fourth to something else.
  const live = [
    { name: '#ONE', buffer: 3 },
    { name: '#other', buffer: 4 },
  ]
  assert.deepEqual(buffers.ofRoom('#one', live), [1, 2, 3])
  assert.deepEqual(buffers.ofRoom('#two', live), [])
  assert.deepEqual(buffers.ofRoom('#other', live), [4])
  assert.equal(buffers.get(4)?.name, '#one')
})

test('PAST BUFFERS - what two people say is in no room, whatever they are called', () => {
  const pair = {
    id: 1,
    of: 'pair',
    name: '#one #two',
    people: ['a:x', 'a:y'],
    createdAtMs: 0,
  } as const
  assert.deepEqual(createPastBuffers([pair]).ofRoom('#one #two', []), [])
})
