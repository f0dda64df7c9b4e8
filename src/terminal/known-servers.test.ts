import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { addKnownServer, readKnownServers } from './known-servers.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-known-'))
after(() => rmSync(folder, { recursive: true }))

test('KNOWN SERVERS - what was agreed to is kept, for its owner alone', () => {
  const path = join(folder, 'state', 'known-servers.json')
  assert.deepEqual(readKnownServers(path), {})
  addKnownServer(path, 'a:1', 'AA:BB')
  addKnownServer(path, '__proto__', 'CC')
  assert.deepEqual(Object.entries(readKnownServers(path)), [
    ['a:1', 'AA:BB'],
    ['__proto__', 'CC'],
  ])
  if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600)
})

test('KNOWN SERVERS - a damaged file is not taken for an empty one', () => {
  for (const text of ['', '{"a:1":', '[]', 'null']) {
    const path = join(folder, 'damaged.json')
    writeFileSync(path, text)
    assert.throws(() => readKnownServers(path), SyntaxError, text)
    assert.throws(() => addKnownServer(path, 'b:1', 'AA'), SyntaxError, text)
  }
})
