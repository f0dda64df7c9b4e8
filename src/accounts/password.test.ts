import assert from 'node:assert/strict'
import { scryptSync } from 'node:crypto'
import { test } from 'node:test'
import { hashPassword, isPasswordHash, needsRehash, verifyPassword } from './password.ts'

/** Cheap, for tests that are not about the cost. */
const CHEAP = { ln: 4, r: 8, p: 1 }

test('PASSWORD - a hash is a PHC string with the promised cost, and fits its password alone', async () => {
  const hash = await hashPassword('corréct horse')
  assert.match(hash, /^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  assert.ok(isPasswordHash(hash))
  assert.equal(await verifyPassword('corréct horse', hash), true)
  assert.equal(await verifyPassword('correct horse', hash), false)
})

test('PASSWORD - two hashes of one password differ', async () => {
  assert.notEqual(await hashPassword('a', CHEAP), await hashPassword('a', CHEAP))
})

test('PASSWORD - a hash made elsewhere is understood', async () => {
  const salt = Buffer.from('sodium chloride!')
  const key = scryptSync('pleaseletmein', salt, 32, { N: 2 ** 10, r: 4, p: 2 })
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  const hash = `$scrypt$ln=10,r=4,p=2$${text(salt)}$${text(key)}`
  assert.equal(await verifyPassword('pleaseletmein', hash), true)
})

test('PASSWORD - composed and decomposed letters are the same', async () => {
  const hash = await hashPassword('caf\u00E9', CHEAP)
  assert.equal(await verifyPassword('cafe\u0301', hash), true)
})

test('PASSWORD - without an account, no password fits', async () => {
  assert.equal(await verifyPassword('', undefined), false)
})

test('PASSWORD - plain text is compared as it is, and a broken hash fits nothing', async () => {
  assert.equal(await verifyPassword('come in', 'come in'), true)
  assert.equal(await verifyPassword('come', 'come in'), false)
  assert.equal(await verifyPassword('$scrypt$x', '$scrypt$x'), false)
})

test('PASSWORD - hashes that would take too much memory or are cut short are none', () => {
  const [salt, hash] = ['A'.repeat(22), 'A'.repeat(43)]
  assert.ok(isPasswordHash(`$scrypt$ln=15,r=8,p=3$${salt}$${hash}`))
  assert.ok(!isPasswordHash(`$scrypt$ln=25,r=8,p=3$${salt}$${hash}`))
  assert.ok(!isPasswordHash(`$scrypt$ln=15,r=8,p=0$${salt}$${hash}`))
  assert.ok(!isPasswordHash(`$scrypt$ln=15,r=8,p=3$${salt}$AAAA`))
  assert.ok(!isPasswordHash(`$2b$12$${salt}$${hash}`))
})

test('PASSWORD - many at once are all answered', async () => {
  const hash = await hashPassword('x', CHEAP)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => verifyPassword(index % 2 === 0 ? 'x' : 'y', hash)),
  )
  assert.deepEqual(
    answers,
    answers.map((_, index) => index % 2 === 0),
  )
})

test('PASSWORD - a hash that is cheaper than those made now wants to be made anew', async () => {
  const [salt, hash] = ['A'.repeat(22), 'A'.repeat(43)]
  assert.equal(needsRehash(`$scrypt$ln=15,r=8,p=3$${salt}$${hash}`), false)
  assert.equal(needsRehash(`$scrypt$ln=16,r=8,p=3$${salt}$${hash}`), false)
  assert.equal(needsRehash(`$scrypt$ln=14,r=8,p=3$${salt}$${hash}`), true)
  assert.equal(needsRehash(`$scrypt$ln=15,r=8,p=1$${salt}$${hash}`), true)
  assert.equal(needsRehash('sesame'), true)
  assert.equal(needsRehash(await hashPassword('x', CHEAP)), true)
})
