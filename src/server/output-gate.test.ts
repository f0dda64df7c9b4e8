import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Submissions } from '../io/engine.ts'
import { OutputGate } from './output-gate.ts'
import type { Spoken } from './response.ts'

const SPOKEN = { label: undefined, said: [] } as unknown as Spoken
const LINES = new Map([[1, 'hi\r\n']])

/** An engine that writes down what it is told. */
function engine(): { readonly told: string[]; readonly submissions: Submissions } {
  const told: string[] = []
  const note =
    (name: string) =>
    (...args: readonly unknown[]): void => {
      told.push([name, ...args.map(String)].join(' '))
    }
  const submissions = {
    send: note('send'),
    cast: note('cast'),
    enter: note('enter'),
    leave: note('leave'),
    classify: note('classify'),
    close: note('close'),
    bar: note('bar'),
  }
  return { told, submissions }
}

test('GATE - with nothing to wait for, everything passes at once', () => {
  const { told, submissions } = engine()
  const gate = new OutputGate(submissions)
  gate.send(1, 'a')
  gate.asMessage(() => gate.cast([7], LINES, 0))
  gate.answer(2, 'b', SPOKEN)
  assert.deepEqual(told, ['send 1 a', 'cast 7 [object Map] 0', 'send 2 b'])
})

test('GATE - what comes after something that waits waits too, and comes out in order', () => {
  const { told, submissions } = engine()
  const gate = new OutputGate(submissions)
  gate.awaits(1)
  gate.asMessage(() => gate.cast([7], LINES, 0))
  gate.enter(3, 7)
  gate.answer(2, 'b', SPOKEN)
  gate.awaits(2)
  gate.send(4, 'c')
  assert.deepEqual(told, [])
  assert.equal(gate.heldBytes, 'hi\r\n'.length + 'b'.length + 'c'.length)
  gate.release(1)
  assert.deepEqual(told, ['cast 7 [object Map] 0', 'enter 3 7', 'send 2 b'])
  gate.send(5, 'd')
  gate.release(2)
  assert.deepEqual(told.slice(3), ['send 4 c', 'send 5 d'])
  assert.equal(gate.heldBytes, 0)
  gate.send(6, 'e')
  assert.equal(told.at(-1), 'send 6 e')
})

test('GATE - of a batch that is refused, nobody gets the messages, their senders are told, and the state is true', () => {
  const { told, submissions } = engine()
  const gate = new OutputGate(submissions)
  gate.awaits(1)
  gate.asMessage(() => gate.cast([7], LINES, 0))
  gate.asMessage(() => gate.send(9, 'private'))
  gate.answer(2, '', SPOKEN)
  gate.leave(3, 7)
  gate.close(4, 'bye', 'quit')
  gate.refuse(1, (spoken) => (spoken === SPOKEN ? 'FAIL' : ''))
  assert.deepEqual(told, ['send 2 FAIL', 'leave 3 7', 'close 4 bye quit'])
})

test('GATE - whom to shut out is never held back', () => {
  const { told, submissions } = engine()
  const gate = new OutputGate(submissions)
  gate.awaits(1)
  gate.bar(['192.0.2.0/24'])
  assert.deepEqual(told, ['bar 192.0.2.0/24'])
})

test('GATE - whatever is submitted and settled, each thing comes out once, in order, and not before its batch', () => {
  const steps = fc.array(
    fc.oneof(
      fc.constant('submit' as const),
      fc.constant('append' as const),
      fc.constant('settle' as const),
    ),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(steps, (script) => {
      const { told, submissions } = engine()
      const gate = new OutputGate(submissions)
      const needs: number[] = []
      let gathered = 0
      let settled = 0
      for (const step of script) {
        if (step === 'append') gate.awaits(++gathered)
        else if (step === 'settle' && settled < gathered) gate.release(++settled)
        else if (step === 'submit') {
          gate.send(needs.length, '')
          needs.push(gathered)
        }
        const out = needs.filter((batch) => batch <= settled).length
        assert.deepEqual(
          told,
          Array.from({ length: out }, (_, i) => `send ${i} `),
        )
      }
    }),
  )
})
