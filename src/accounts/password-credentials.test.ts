import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyPassword } from './password.ts'
import { makePasswordCredentials } from './password-credentials.ts'

test('PASSWORD CREDENTIALS - a password can be said and proved', async () => {
  const { passwordHash, scram } = await makePasswordCredentials('sesame')
  assert.ok(await verifyPassword('sesame', passwordHash))
  assert.equal(scram?.iterations, 600_000)
})

test('PASSWORD CREDENTIALS - where SASLprep leaves nothing, no empty password gets in', async () => {
  const { passwordHash, scram } = await makePasswordCredentials('\u00AD\u200B')
  assert.ok(await verifyPassword('\u00AD\u200B', passwordHash))
  assert.equal(scram, undefined)
})
