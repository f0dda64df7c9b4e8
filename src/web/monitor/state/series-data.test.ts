import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MEASURES, type Measure, type Series } from '../../../feed/figures.ts'
import { graphData, type Moment } from './series-data.ts'

function point(atMs: number, people: number): Moment {
  return {
    atMs,
    values: Object.fromEntries(
      MEASURES.map((measure) => [measure, measure === 'people' ? people : undefined]),
    ) as Moment['values'],
  }
}

function series(
  startMs: number,
  people: readonly (number | null)[],
  stepMs: 1000 | 60_000 = 1000,
): Series {
  const columns = Object.fromEntries(MEASURES.map((measure) => [measure, people])) as Record<
    Measure,
    readonly (number | null)[]
  >
  return { stepMs, startMs, columns }
}

const ALL = { fromMs: 0, toMs: 1e9, stepMs: 1000 }

test('SERIES - what the server remembers goes first, what came after it follows', () => {
  const data = graphData(
    ['people'],
    ALL,
    [point(3020, 30), point(4010, 40)],
    series(1000, [1, 2, 3]),
  )
  assert.deepEqual(data, [
    [1, 2, 3, 4],
    [1, 2, 3, 40],
  ])
})

test('SERIES - what is older than the server is still drawn, with a hole for the time between', () => {
  const data = graphData(['people'], ALL, [point(1000, 10), point(2000, 20)], series(9000, [9]))
  assert.deepEqual(data, [
    [1, 2, 3, 9],
    [10, 20, null, 9],
  ])
})

test('SERIES - what was not measured is a hole, and only the range is drawn', () => {
  const range = { fromMs: 2000, toMs: 3000, stepMs: 1000 }
  assert.deepEqual(
    graphData(['people', 'cpu'], range, [point(1000, 1), point(2000, 2), point(4000, 4)]),
    [[2], [2], [null]],
  )
})

test('SERIES - minutes come from the server alone', () => {
  const range = { fromMs: 0, toMs: 1e9, stepMs: 60_000 }
  assert.deepEqual(
    graphData(['people'], range, [point(1000, 1)], series(60_000, [5, null], 60_000)),
    [
      [60, 120],
      [5, null],
    ],
  )
  assert.deepEqual(graphData(['people'], range, [point(1000, 1)], series(1000, [5])), [[], []])
})
