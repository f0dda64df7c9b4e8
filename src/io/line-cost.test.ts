import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lineCost, type Price } from './line-cost.ts'

const PRICES = new Map<string, Price>([
  ['LIST', { points: 5 }],
  ['PING', { points: 0 }],
  ['WHO', { points: 2, isWelcome: true }],
  ['CHATHISTORY', { points: 0.5, per: 100, isWelcome: true }],
])

const pointsOf = (line: string) => lineCost(line, PRICES).points

test('BUDGET - a line costs what its command costs, 1 when the table says nothing', () => {
  assert.equal(pointsOf('LIST'), 5)
  assert.equal(pointsOf('list #a'), 5)
  assert.equal(pointsOf('PING x'), 0)
  assert.equal(pointsOf('PRIVMSG #a :LIST'), 1)
  assert.equal(pointsOf(''), 1)
})

test('BUDGET - tags, source and spaces before the command change nothing', () => {
  for (const line of ['@a=b LIST', ':me LIST', '@a;b=c  :me!u@h   LIST x', '  LIST', ' @a  LIST']) {
    assert.equal(pointsOf(line), 5, line)
  }
})

test('BUDGET - each further target costs a quarter more', () => {
  assert.equal(pointsOf('JOIN #a'), 1)
  assert.equal(pointsOf('JOIN #a,#b,#c k,l'), 1.5)
  assert.equal(pointsOf('LIST #a,#b'), 6.25)
  assert.equal(pointsOf('PING :a,b,c'), 0)
  assert.equal(pointsOf('PRIVMSG #a :one, two, three'), 1)
  assert.equal(pointsOf('AWAY :gone, back soon'), 1)
})

test('BUDGET - a line of a batch costs a tenth', () => {
  assert.equal(pointsOf('@batch=1 PRIVMSG #a :b'), 0.1)
  assert.equal(pointsOf('@a=b;batch=1 PRIVMSG #a :b'), 0.1)
  assert.equal(pointsOf('@batch=1 LIST'), 0.5)
  for (const line of ['@xbatch=1 A', '@a=batch=1 A', '@+batch=1 A', 'A ;batch=1', '@batch A']) {
    assert.equal(pointsOf(line), 1, line)
  }
})

test('BUDGET - what is asked for by number costs by number, and not without end', () => {
  const asked = [
    '1',
    '100',
    '101',
    '1000',
    '1001',
    '99999999999',
    ':200',
    '0',
    'none',
    '-5',
    '1e9',
    '',
  ]
  const costs = asked.map((count) => pointsOf(`CHATHISTORY LATEST #a * ${count}`))
  assert.deepEqual(costs, [0.5, 0.5, 1, 5, 5, 5, 1, 0.5, 0.5, 0.5, 0.5, 0.5])
  assert.equal(pointsOf('CHATHISTORY LATEST #a * 200  '), 1)
  assert.equal(pointsOf('WHO 1000'), 2)
})

test('BUDGET - a line says whether it is welcome', () => {
  const lines = [
    'WHO #a',
    'who #a',
    '@label=1 CHATHISTORY LATEST #a * 10',
    'LIST',
    'PRIVMSG #a :WHO',
    '',
  ]
  const found = lines.map((line) => lineCost(line, PRICES).isWelcome)
  assert.deepEqual(found, [true, true, true, false, false, false])
})

test('BUDGET - any line has a cost, never less than a tenth of its command', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('@', ':', ' ', ';', 'a', '=', 'batch=') }),
      (line) => {
        const cost = pointsOf(line)
        assert.ok(cost === 1 || cost === 0.1)
      },
    ),
  )
})
