import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from './log.ts'

test('BASE - a silent log takes everything and says nothing', () => {
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    assert.equal(silentLog[level]('event', { a: 1, b: undefined }), undefined)
  }
})
