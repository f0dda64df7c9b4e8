import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientName } from './client-name.ts'

test('CLIENT - a name is what is left without control and format characters', () => {
  assert.equal(clientName('Gamja/1.0 (X11)'), 'Gamja/1.0 (X11)')
  assert.equal(clientName('\u001b[31mred\u0007\u009b\u00ad\u202e<b>'), '[31mred<b>')
  assert.equal(clientName(`${'\t'.repeat(300)}${'n'.repeat(300)}`), 'n'.repeat(200))
})

test('CLIENT - who gives no name has none', () => {
  for (const nothing of [undefined, '', '\u0001\u200b'])
    assert.equal(clientName(nothing), undefined)
})
