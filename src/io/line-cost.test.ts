import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lineCost } from './line-cost.ts'

const COSTS = new Map([
  ['LIST', 5],
  ['PING', 0],
])

test('BUDGET - a line costs what its command costs, 1 when the table says nothing', () => {
  assert.equal(lineCost('LIST', COSTS), 5)
  assert.equal(lineCost('list #a', COSTS), 5)
  assert.equal(lineCost('PING x', COSTS), 0)
  assert.equal(lineCost('PRIVMSG #a :LIST', COSTS), 1)
  assert.equal(lineCost('', COSTS), 1)
})

test('BUDGET - tags, source and spaces before the command change nothing', () => {
  for (const line of ['@a=b LIST', ':me LIST', '@a;b=c  :me!u@h   LIST x', '  LIST', ' @a  LIST']) {
    assert.equal(lineCost(line, COSTS), 5, line)
  }
})

test('BUDGET - each further target costs a quarter more', () => {
  assert.equal(lineCost('JOIN #a', COSTS), 1)
  assert.equal(lineCost('JOIN #a,#b,#c k,l', COSTS), 1.5)
  assert.equal(lineCost('LIST #a,#b', COSTS), 6.25)
  assert.equal(lineCost('PING :a,b,c', COSTS), 0)
  assert.equal(lineCost('PRIVMSG #a :one, two, three', COSTS), 1)
  assert.equal(lineCost('AWAY :gone, back soon', COSTS), 1)
})

test('BUDGET - a line of a batch costs a tenth', () => {
  assert.equal(lineCost('@batch=1 PRIVMSG #a :b', COSTS), 0.1)
  assert.equal(lineCost('@a=b;batch=1 PRIVMSG #a :b', COSTS), 0.1)
  assert.equal(lineCost('@batch=1 LIST', COSTS), 0.5)
  for (const line of ['@xbatch=1 A', '@a=batch=1 A', '@+batch=1 A', 'A ;batch=1', '@batch A']) {
    assert.equal(lineCost(line, COSTS), 1, line)
  }
})

test('BUDGET - any line has a cost, never less than a tenth of its command', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('@', ':', ' ', ';', 'a', '=', 'batch=') }),
      (line) => {
        const cost = lineCost(line, COSTS)
        assert.ok(cost === 1 || cost === 0.1)
      },
    ),
  )
})
