import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorCode, errorReason, errorText } from './error-text.ts'

test('ERROR TEXT - an error is its message, a code where it has one, and anything else is as it is', () => {
  const missing = Object.assign(new Error("ENOENT: no such file, open '/a'"), { code: 'ENOENT' })
  assert.equal(errorText(missing), "ENOENT: no such file, open '/a'")
  assert.equal(errorCode(missing), 'ENOENT')
  assert.equal(errorReason(missing), 'ENOENT')
  assert.equal(errorCode(new TypeError('no')), undefined)
  assert.equal(errorReason(new TypeError('no')), 'TypeError: no')
  assert.equal(errorText('thrown bare'), 'thrown bare')
  assert.equal(errorCode({ code: 'ENOENT' }), undefined)
})
