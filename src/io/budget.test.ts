import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Budget } from './budget.ts'
import type { LineCost } from './line-cost.ts'

const LIMITS = {
  lineBurst: 10,
  linesPerSecond: 2,
  lineWelcome: 20,
  byteBurst: 1000,
  bytesPerSecond: 100,
}

const usual = (points: number) => ({ points, isWelcome: false })
const welcome = (points: number) => ({ points, isWelcome: true })

function countAllowed(budget: Budget, cost: LineCost | number, nowMs: number): number {
  const line = typeof cost === 'number' ? usual(cost) : cost
  let allowed = 0
  while (allowed < 1000 && budget.spend(line, 1, nowMs)) allowed++
  return allowed
}

test('BUDGET - the burst goes at once, then the rate', () => {
  const budget = new Budget(LIMITS, 5000)
  assert.equal(countAllowed(budget, 1, 5000), 10)
  assert.equal(budget.waitMs(5000), 1)
  assert.equal(countAllowed(budget, 1, 5001), 1)
  assert.equal(countAllowed(budget, 1, 5400), 0)
  assert.equal(countAllowed(budget, 1, 7501), 5)
})

test("BUDGET - tenths of a point don't add up to a line too many", () => {
  assert.equal(countAllowed(new Budget(LIMITS, 0), 0.1, 0), 100)
})

test('BUDGET - a dear line is allowed while the bucket is positive, and leaves a debt', () => {
  const budget = new Budget(LIMITS, 0)
  assert.equal(budget.spend(usual(30), 1, 0), true)
  assert.equal(budget.spend(usual(0.1), 1, 9_900), false)
  assert.equal(budget.spend(usual(1), 1, 10_001), true)
})

test('BUDGET - bytes run out on their own', () => {
  const budget = new Budget(LIMITS, 0)
  assert.equal(budget.spend(usual(0), 1500, 0), true)
  assert.equal(budget.waitMs(0), 5010)
  assert.equal(budget.spend(usual(0), 1, 5000), false)
  assert.equal(budget.spend(usual(0), 1, 5010), true)
})

test('BUDGET - what is welcome is paid for out of its own purse first, once', () => {
  const budget = new Budget(LIMITS, 0)
  assert.equal(countAllowed(budget, welcome(0.5), 0), 40 + 20)
  assert.equal(countAllowed(budget, 1, 0), 0)
  assert.equal(countAllowed(budget, welcome(0.5), 3_600_000), 20)
})

test('BUDGET - the purse is for nothing else, and pays for no part of a line', () => {
  const budget = new Budget(LIMITS, 0)
  assert.equal(countAllowed(budget, 1, 0), 10)
  assert.equal(budget.spend(welcome(19), 1, 0), true)
  assert.equal(budget.spend(welcome(2), 1, 0), false)
  assert.equal(budget.spend(welcome(1), 1, 0), true)
  assert.equal(budget.waitMs(0), 1)
})

test('BUDGET - the purse pays for no bytes', () => {
  const budget = new Budget(LIMITS, 0)
  assert.equal(budget.spend(welcome(1), 1000, 0), true)
  assert.equal(budget.spend(welcome(1), 1, 0), false)
})

test('BUDGET - a rest fills the buckets to their burst and no further', () => {
  const budget = new Budget(LIMITS, 0)
  assert.equal(countAllowed(budget, 1, 3_600_000), 10)
})

test('BUDGET - a clock that goes back gives nothing and takes nothing', () => {
  const budget = new Budget(LIMITS, 10_000)
  assert.equal(countAllowed(budget, 1, 10_000), 10)
  assert.equal(budget.spend(usual(1), 1, 0), false)
  assert.equal(budget.spend(usual(1), 1, 10_000), false)
  assert.equal(budget.spend(usual(1), 1, 10_001), true)
})

test('BUDGET - without limits everything is allowed', () => {
  const budget = new Budget(
    {
      lineBurst: Infinity,
      linesPerSecond: Infinity,
      lineWelcome: Infinity,
      byteBurst: Infinity,
      bytesPerSecond: Infinity,
    },
    0,
  )
  assert.equal(budget.spend(usual(1e9), 1e9, 0), true)
  assert.equal(budget.spend(usual(1e9), 1e9, 1), true)
  assert.equal(budget.waitMs(1), 0)
})

const spending = fc.array(
  fc.record({
    cost: fc.constantFrom(0, 0.1, 1, 5, 40),
    bytes: fc.integer({ min: 1, max: 8191 }),
    afterMs: fc.integer({ min: 0, max: 3000 }),
  }),
  { minLength: 1, maxLength: 60 },
)

test('BUDGET - after waitMs a line is allowed, and before it none was', () => {
  fc.assert(
    fc.property(spending, (lines) => {
      const budget = new Budget(LIMITS, 0)
      let nowMs = 0
      for (const { cost, bytes, afterMs } of lines) {
        nowMs += afterMs
        const waitMs = budget.waitMs(nowMs)
        if (waitMs > 20) assert.equal(budget.spend(usual(cost), bytes, nowMs + waitMs - 20), false)
        nowMs += waitMs
        assert.equal(budget.spend(usual(cost), bytes, nowMs), true)
      }
    }),
  )
})

test('BUDGET - over any time, what is allowed is the burst, the rate and one debt', () => {
  fc.assert(
    fc.property(spending, (lines) => {
      const budget = new Budget(LIMITS, 0)
      let nowMs = 0
      let points = 0
      let bytesIn = 0
      for (const { cost, bytes, afterMs } of lines) {
        nowMs += afterMs
        if (!budget.spend(usual(cost), bytes, nowMs)) continue
        points += cost
        bytesIn += bytes
      }
      assert.ok(points <= 10 + (2 * nowMs) / 1000 + 40)
      assert.ok(bytesIn <= 1000 + (100 * nowMs) / 1000 + 8191)
    }),
  )
})
