import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isMetadataKey, valueFault } from './metadata.ts'

test('METADATA - "Key names are restricted to the ranges a-z, 0-9, and _./-"', () => {
  for (const key of ['avatar', 'display-name', 'maru.chat/desk_2']) assert.ok(isMetadataKey(key))
  for (const key of ['', 'Avatar', '$url$', 'a b', 'é', 'k'.repeat(65)]) {
    assert.ok(!isMetadataKey(key), key)
  }
})

test('METADATA - an address is one of the web, and nothing that a client would run', () => {
  const good = ['https://example.org/a.png', 'http://example.org', 'https://x.example/{size}.png']
  for (const value of good) assert.equal(valueFault('avatar', value, 256), undefined, value)
  const bad = [
    'javascript:alert(1)',
    'data:image/svg+xml,<svg/>',
    'file:///etc/passwd',
    '//example.org/a.png',
    'https://user:secret@example.org',
    'https://example.org/a b',
    '',
  ]
  for (const value of bad) assert.notEqual(valueFault('homepage', value, 256), undefined, value)
})

test('METADATA - a value has so many bytes, and nothing that is not seen', () => {
  assert.equal(valueFault('status', '', 256), undefined)
  assert.equal(valueFault('status', '한'.repeat(85), 256), undefined)
  assert.notEqual(valueFault('status', '한'.repeat(86), 256), undefined)
  for (const bad of ['a\u0007', 'a\tb', 'gnp.\u202egnp', 'a\u2028b']) {
    assert.notEqual(valueFault('status', bad, 256), undefined)
  }
})

test('METADATA - a color is #rrggbb', () => {
  assert.equal(valueFault('color', '#c90076', 256), undefined)
  for (const bad of ['red', '#fff', '#c90076;'])
    assert.notEqual(valueFault('color', bad, 256), undefined)
})
