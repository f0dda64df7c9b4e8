import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hashOf, invitationIn, placeOf } from './place.ts'

test('PLACE - what an address says of a place is that place again, whatever it is called', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.isWellFormed())
  fc.assert(
    fc.property(name, fc.option(name, { nil: undefined }), (room, msgid) => {
      const place = msgid === undefined ? { name: room } : { name: room, msgid }
      assert.deepEqual(placeOf(hashOf(place)), place)
    }),
  )
  assert.deepEqual([placeOf(''), placeOf('#'), placeOf('#main')], [undefined, undefined, undefined])
  assert.deepEqual(placeOf('#/%zz'), { name: '%zz' })
})

test('PLACE - an invitation is in its own path, and nowhere else', () => {
  assert.equal(invitationIn('/invite/k3v7abcd'), 'k3v7abcd')
  assert.equal(invitationIn('/invite/<script>'), undefined)
  assert.equal(invitationIn('/'), undefined)
})
