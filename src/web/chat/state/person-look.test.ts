import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hueOf, initialsOf, knownRole, PERSON_HUES, shownName } from './person-look.ts'

test('PERSON - initials are those of two words, and the given name in Hangul', () => {
  assert.equal(initialsOf('mina'), 'M')
  assert.equal(initialsOf('theo_k'), 'TK')
  assert.equal(initialsOf('Mina Kim'), 'MK')
  assert.equal(initialsOf('김미나'), '미나')
  assert.equal(initialsOf('민지'), '민지')
  assert.equal(initialsOf('___'), '?')
  assert.equal(initialsOf('[bot]'), 'B')
})

test('PERSON - a colour is the same for a name, one of those that there are, and the nearest to a chosen one', () => {
  const found = Array.from({ length: 500 }, (_, n) => hueOf(`person${n}`, undefined))
  assert.ok(found.every((hue) => Number.isInteger(hue) && hue >= 0 && hue < PERSON_HUES))
  assert.equal(new Set(found).size, PERSON_HUES)
  assert.equal(hueOf('a', undefined), hueOf('a', undefined))
  assert.deepEqual([hueOf('a', '#ff0000'), hueOf('a', '#00ff00'), hueOf('a', '#0000ff')], [0, 4, 8])
  assert.equal(hueOf('a', '#808080'), hueOf('a', undefined))
  assert.equal(hueOf('a', 'url(x)'), hueOf('a', undefined))
})

test('PERSON - the display name is shown where there is one, and only the three roles are known', () => {
  assert.equal(shownName({ nick: 'mina', metadata: { 'display-name': ' ' } }), 'mina')
  assert.equal(shownName({ nick: 'mina', metadata: { 'display-name': 'Mina' } }), 'Mina')
  assert.equal(knownRole('artist'), 'artist')
  assert.equal(knownRole('Artist'), undefined)
})
