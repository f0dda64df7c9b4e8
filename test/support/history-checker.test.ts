import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkHistory, type Attempt, type Evidence, type Shown } from './history-checker.ts'

const ROOM = '#room'

/** The message `n` of `producer`, as everybody sees it; the room's time is that of its place. */
function line(producer: string, n: number, place: number, rest: Partial<Shown> = {}): Shown {
  const time = `2026-01-01T00:00:00.${String(place).padStart(3, '0')}Z`
  const from = `${producer}!u@host`
  const text = `${producer} ${n}`
  return { msgid: `m${place}`, time, from, command: 'PRIVMSG', text, ...rest }
}

function attempt(producer: string, n: number, rest: Partial<Attempt> = {}): Attempt {
  const text = `${producer} ${n}`
  return { producer, n, room: ROOM, text, fate: 'acknowledged', echoes: [], ...rest }
}

const [A1, B1, A2, B2] = [line('a', 1, 1), line('b', 1, 2), line('a', 2, 3), line('b', 2, 4)]
const KEPT = [A1, B1, A2, B2]

/** All went well: two said two things each, and both saw all. */
const GOOD = {
  attempts: [
    attempt('a', 1, { echoes: [A1] }),
    attempt('a', 2, { echoes: [A2] }),
    attempt('b', 1, { echoes: [B1] }),
    attempt('b', 2, { echoes: [B2] }),
  ],
  stays: [
    { who: 'a', room: ROOM, shown: KEPT },
    { who: 'b', room: ROOM, shown: KEPT },
  ],
  pasts: [{ room: ROOM, by: 'paging', lines: KEPT }],
} satisfies Evidence

function kinds(evidence: Partial<Evidence>): string[] {
  const { faults } = checkHistory({ ...GOOD, ...evidence })
  return [...new Set(faults.map(({ kind }) => kind))]
}

const past = (...lines: readonly Shown[]) => ({
  pasts: [{ room: ROOM, by: 'paging', lines }],
  stays: [],
})
const seen = (...shown: readonly Shown[]) => ({ stays: [{ who: 'c', room: ROOM, shown }] })

test('HISTORY CHECKER - where all is well it finds nothing, and counts', () => {
  assert.deepEqual(checkHistory(GOOD), {
    faults: [],
    acknowledged: 4,
    refused: 0,
    unknown: 0,
    unknownKept: 0,
    seen: 8,
  })
})

test('HISTORY CHECKER - what was echoed and is not there is lost', () => {
  assert.deepEqual(kinds(past(A1, B1, A2)), ['lost'])
  assert.deepEqual(kinds(past(B1, A2, B2)), ['lost'])
  assert.deepEqual(kinds({ pasts: [], stays: [] }), ['lost'])
})

test('HISTORY CHECKER - what anybody saw and is not there is a phantom', () => {
  const attempts = [attempt('c', 1, { fate: 'unknown' }), ...GOOD.attempts]
  assert.deepEqual(kinds({ attempts, ...seen(...KEPT, line('c', 1, 5)) }), ['phantom'])
})

test('HISTORY CHECKER - what is there twice is a duplicate, in the past or live', () => {
  const again = line('a', 1, 5)
  assert.deepEqual(kinds(past(...KEPT, again)), ['duplicate'])
  assert.deepEqual(kinds(past(...KEPT, B2)), ['duplicate'])
  assert.deepEqual(kinds(seen(A1, B1, B1)), ['duplicate'])
})

test('HISTORY CHECKER - a message that was sent again must be the one that was said', () => {
  const twice = (second: Shown) => [
    attempt('a', 1, { echoes: [A1, second] }),
    ...GOOD.attempts.slice(1),
  ]
  assert.deepEqual(kinds({ attempts: twice(A1) }), [])
  assert.deepEqual(kinds({ attempts: twice(line('a', 1, 9)) }), ['altered'])
})

test('HISTORY CHECKER - one order: of each sender, of what was seen, and of time', () => {
  const swapped = [line('a', 2, 1), B1, line('a', 1, 3), B2]
  const attempts = [
    attempt('a', 1, { echoes: [line('a', 1, 3)] }),
    attempt('a', 2, { echoes: [line('a', 2, 1)] }),
    ...GOOD.attempts.slice(2),
  ]
  assert.deepEqual(kinds({ attempts, ...past(...swapped) }), ['order'])
  assert.deepEqual(kinds(seen(B1, A1, A2)), ['order'])
  const early = line('b', 2, 4, { time: A1.time })
  const echoed = [...GOOD.attempts.slice(0, 3), attempt('b', 2, { echoes: [early] })]
  assert.deepEqual(kinds({ attempts: echoed, ...past(A1, B1, A2, early) }), ['order'])
})

test('HISTORY CHECKER - who was there has seen all from the first to the last', () => {
  assert.deepEqual(kinds(seen(B1, A2)), [])
  assert.deepEqual(kinds(seen(A1, B1, B2)), ['gap'])
  const joined = line('c', 0, 0, { command: 'JOIN', text: '' })
  const withJoin = { pasts: [{ room: ROOM, by: 'paging', lines: [joined, ...KEPT] }] }
  assert.deepEqual(kinds({ ...withJoin, ...seen(joined, A1) }), [])
  assert.deepEqual(kinds({ ...withJoin, ...seen(joined, B1) }), ['gap'])
})

test('HISTORY CHECKER - the past says what was said, by whom and when', () => {
  for (const other of [{ text: 'other' }, { from: 'x!u@host' }, { time: B1.time }]) {
    const shown = [{ ...A1, ...other }, B1]
    assert.deepEqual(kinds(seen(...shown)), ['altered'])
  }
  assert.deepEqual(kinds(past(...KEPT, line('z', 1, 5))), ['invented'])
})

test('HISTORY CHECKER - what was refused is nowhere', () => {
  const attempts = [...GOOD.attempts, attempt('a', 3, { fate: 'refused' })]
  assert.deepEqual(kinds({ attempts }), [])
  const kept = [...KEPT, line('a', 3, 5)]
  assert.deepEqual(kinds({ attempts, ...past(...kept) }), ['revived'])
  assert.deepEqual(kinds({ attempts, ...seen(...kept) }), ['phantom'])
})

test('HISTORY CHECKER - what had no answer may be there or not', () => {
  const attempts = [...GOOD.attempts, attempt('a', 3, { fate: 'unknown' })]
  const kept = [...KEPT, line('a', 3, 5)]
  assert.deepEqual(kinds({ attempts }), [])
  const verdict = checkHistory({ ...GOOD, attempts, ...past(...kept) })
  assert.deepEqual([verdict.faults, verdict.unknown, verdict.unknownKept], [[], 1, 1])
})

test('HISTORY CHECKER - every reader reads the same past', () => {
  const twoReaders = (lines: readonly Shown[]) => ({
    pasts: [...GOOD.pasts, { room: ROOM, by: 'another', lines }],
  })
  assert.deepEqual(kinds(twoReaders(KEPT)), [])
  assert.deepEqual(kinds(twoReaders(KEPT.slice(0, 3))), ['disagreement'])
  assert.deepEqual(kinds(twoReaders([A1, A2, B1, B2])), ['disagreement'])
  assert.deepEqual(kinds(twoReaders([...KEPT, line('a', 9, 9)])), ['disagreement'])
})
