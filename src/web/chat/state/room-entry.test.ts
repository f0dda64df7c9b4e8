import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entryModes, entryOf } from './room-entry.ts'

const OPEN = { key: '', limit: '' }

test('ROOM ENTRY - what a room asks for stands in the fields, and nothing where it asks for nothing', () => {
  assert.deepEqual(entryOf({ key: 'tide', limit: 12 }), { key: 'tide', limit: '12' })
  assert.deepEqual(entryOf({}), OPEN)
})

test('ROOM ENTRY - only what was changed is asked for, with what each mode takes', () => {
  const both = { key: 'tide', limit: '12' }
  assert.deepEqual(entryModes(both, both), [])
  assert.deepEqual(entryModes(OPEN, { key: ' tide ', limit: '' }), ['+k', 'tide'])
  assert.deepEqual(entryModes(OPEN, both), ['+k+l', 'tide', '12'])
  assert.deepEqual(entryModes(both, { ...both, limit: '20' }), ['+l', '20'])
  assert.deepEqual(entryModes(both, { key: '', limit: '20' }), ['-k+l', 'tide', '20'])
  assert.deepEqual(entryModes(both, OPEN), ['-k-l', 'tide'])
})
