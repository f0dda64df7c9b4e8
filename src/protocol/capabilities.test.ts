import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CAP, CAPABILITIES, findCapability, hasCap } from './capabilities.ts'

test('CAP - every capability is in the table once, in order', () => {
  const names = CAPABILITIES.map(({ name }) => name)
  assert.deepEqual(names, [...names].sort())
  assert.equal(new Set(names).size, names.length)
})

test('CAP - every bit is announced, and only two spellings of one capability share theirs', () => {
  const bits = new Set(CAPABILITIES.map(({ bit }) => bit))
  assert.deepEqual([...bits].sort(byNumber), Object.values(CAP).sort(byNumber))
  for (const bit of bits) {
    const names = CAPABILITIES.filter((row) => row.bit === bit).map(({ name }) => name)
    assert.equal(new Set(names.map((name) => name.replace('draft/', ''))).size, 1)
  }
})

test('CAP - each bit is one bit; what is announced only has none', () => {
  for (const { bit, announcedOnly } of CAPABILITIES) {
    assert.ok((bit & (bit - 1)) === 0)
    assert.equal(bit === 0, announcedOnly === true)
  }
})

test('CAP - names are found in their exact case: "Capability names are case-sensitive"', () => {
  for (const row of CAPABILITIES) assert.equal(findCapability(row.name), row)
  for (const name of ['', 'Batch', 'constructor', '__proto__', 'batch ', '-batch', 'sts=1']) {
    assert.equal(findCapability(name), undefined, name)
  }
})

test('CAP - only sts can not be requested', () => {
  const announced = CAPABILITIES.filter((row) => row.announcedOnly === true)
  assert.deepEqual(
    announced.map(({ name }) => name),
    ['sts'],
  )
})

test('CAP - a set has what is in it', () => {
  const caps = CAP.batch | CAP.clientMsgid
  assert.ok(hasCap(caps, CAP.batch) && hasCap(caps, CAP.clientMsgid) && !hasCap(caps, CAP.setname))
  assert.ok(!hasCap(0, CAP.batch))
})

function byNumber(a: number, b: number): number {
  return a - b
}
