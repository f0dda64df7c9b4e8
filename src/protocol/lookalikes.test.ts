import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addName, lookalikeOf, removeName, type Lookalikes } from './lookalikes.ts'
import { collides } from './skeleton.ts'

test('LOOKALIKES - a name that leaves does not uncover another of the same look', () => {
  const names: Lookalikes = new Map()
  addName(names, 'u1')
  addName(names, 'ul')
  removeName(names, 'ul')
  assert.equal(lookalikeOf(names, 'uӀ'), 'u1')
  assert.equal(lookalikeOf(names, 'uI'), undefined)
  removeName(names, 'u1')
  assert.equal(names.size, 0)
})

test('LOOKALIKES - one may resemble the name that one gives up', () => {
  const names: Lookalikes = new Map()
  addName(names, 'Evan')
  assert.equal(lookalikeOf(names, 'еvan', 'evan'), undefined)
  assert.equal(lookalikeOf(names, 'EVAN', 'Evan'), undefined)
  assert.equal(lookalikeOf(names, 'еvan', 'bob'), 'evan')
})

test('LOOKALIKES - the same answers as comparing with every name', () => {
  const name = fc.string({
    unit: fc.constantFrom('l', '1', 'I', 'і', 'Ӏ', 'o', '0', 'о'),
    minLength: 1,
    maxLength: 2,
  })
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.boolean())), name, (steps, mine) => {
      const names: Lookalikes = new Map()
      const all = new Set<string>()
      for (const [proposed, leaves] of steps) {
        const expected = [...all].some((other) => collides(other, proposed))
        assert.equal(lookalikeOf(names, proposed) !== undefined, expected)
        const others = [...all].filter((other) => other !== mine)
        const expectedToMe = others.some((other) => collides(other, proposed))
        if (all.has(mine))
          assert.equal(lookalikeOf(names, proposed, mine) !== undefined, expectedToMe)
        if (!expected) {
          addName(names, proposed)
          all.add(proposed)
        } else if (leaves && all.delete(proposed)) removeName(names, proposed)
      }
    }),
  )
})
