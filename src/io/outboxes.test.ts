import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Text } from './engine.ts'
import { Outboxes } from './outboxes.ts'

const SLOTS = 12
/** Few, so that the same ones meet again; two have the same bytes and are not the same. */
const SEGMENTS: readonly Text[] = [
  'one\r\n',
  'two\r\n',
  '세 번째\r\n',
  Buffer.from('four\r\n'),
  Buffer.from('one\r\n'),
]

const slot = fc.integer({ min: 0, max: SLOTS - 1 })
const segment = fc.constantFrom(...SEGMENTS)
const step = fc.oneof(
  fc.record({ to: slot.map((one) => [one]), segment, except: fc.constant(-1) }),
  fc.record({
    to: fc.uniqueArray(slot),
    segment,
    except: fc.oneof(fc.constant(-1), slot),
  }),
)
const turns = fc.array(fc.array(step, { maxLength: 30, size: 'max' }), { maxLength: 5 })

test('OUTBOXES - each receives what was appended to it, in order, and nothing of another turn', () => {
  fc.assert(
    fc.property(turns, (all) => {
      const outboxes = new Outboxes()
      for (const steps of all) {
        const model = new Map<number, Text[]>()
        for (const { to, segment: each, except } of steps) {
          append(outboxes, to, each, except)
          for (const one of to.filter((other) => other !== except))
            model.set(one, [...(model.get(one) ?? []), each])
        }
        assertHolds(outboxes, model)
        outboxes.endTurn()
      }
    }),
  )
})

test('OUTBOXES - who heard the same casts shares the bytes, whatever the others were told', () => {
  const members = [1, 4, 5, 8, 9]
  const cast = fc.record({ to: fc.constant(members), segment, except: fc.constant(-1) })
  const whisper = fc.record({
    to: fc.uniqueArray(slot.filter((one) => !members.includes(one))),
    segment,
    except: fc.constant(-1),
  })
  fc.assert(
    fc.property(
      fc.array(fc.oneof(cast, whisper), { minLength: 1, maxLength: 30, size: 'max' }),
      (steps) => {
        const outboxes = new Outboxes()
        // Some who were told other things stand between the members.
        for (const { to, segment: each } of steps) {
          const all = to === members ? [0, ...members.slice(0, 2), 3, ...members.slice(2), 10] : to
          outboxes.appendToAll(all, each, -1)
        }
        const links = members.map((one) => outboxes.takeLink(one))
        assert.equal(new Set(links).size, 1)
        const bytes = links.map((link) => outboxes.bytesOf(link))
        assert.ok(bytes.every((each) => each === bytes[0]))
      },
    ),
  )
})

test('OUTBOXES - a slot far beyond the first ones can be reserved while others hold something', () => {
  const outboxes = new Outboxes()
  outboxes.append(3, 'early\r\n')
  outboxes.reserve(50_000)
  outboxes.append(50_000, 'late\r\n')
  assertHolds(
    outboxes,
    new Map([
      [3, ['early\r\n']],
      [50_000, ['late\r\n']],
    ]),
  )
})

test('OUTBOXES - bytes that are kept outlive the turn', () => {
  const outboxes = new Outboxes()
  outboxes.append(1, 'kept\r\n')
  const bytes = outboxes.bytesOf(outboxes.takeLink(1))
  outboxes.keepBytes()
  outboxes.endTurn()
  outboxes.append(1, 'other\r\n')
  outboxes.bytesOf(outboxes.takeLink(1))
  assert.equal(Buffer.from(bytes).toString(), 'kept\r\n')
})

function append(outboxes: Outboxes, to: readonly number[], each: Text, except: number): void {
  const [only] = to
  if (to.length === 1 && only !== undefined && only !== except) outboxes.append(only, each)
  else outboxes.appendToAll(to, each, except)
}

function assertHolds(outboxes: Outboxes, model: ReadonlyMap<number, readonly Text[]>): void {
  assert.equal(outboxes.isEmpty, model.size === 0)
  const dirty = outboxes.takeDirty()
  assert.deepEqual(dirty, [...model.keys()])
  for (const one of dirty) {
    const expected = model.get(one) ?? []
    const link = outboxes.takeLink(one)
    assert.equal(outboxes.depthOf(link), expected.length)
    const bytes = Buffer.concat(expected.map((text) => Buffer.from(text)))
    assert.ok(bytes.equals(outboxes.bytesOf(link)))
  }
  assert.equal(outboxes.isEmpty, true)
}
