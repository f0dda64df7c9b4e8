import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { cloakKey, openDataFolder } from './data-folder.ts'

const root = mkdtempSync(join(tmpdir(), 'maru-data-'))
after(() => rmSync(root, { recursive: true }))
const newPath = () => join(mkdtempSync(join(root, 'case-')), 'data')
const isPosix = process.platform !== 'win32'

/** A process that opens the folder, says so, and holds it until it is killed. */
async function holder(path: string) {
  const module = JSON.stringify(new URL('data-folder.ts', import.meta.url).href)
  const code = `const { openDataFolder } = await import(${module})
    globalThis.folder = openDataFolder(${JSON.stringify(path)})
    console.log('open')
    setTimeout(() => {}, 20_000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

test('data folder - it is made for its owner alone', () => {
  const path = newPath()
  using folder = openDataFolder(path)
  assert.equal(folder.path, path)
  if (isPosix) assert.equal(statSync(path).mode & 0o777, 0o700)
})

test('data folder - a second server on it refuses to start, in this process and in another', async () => {
  const path = newPath()
  const first = openDataFolder(path)
  const inUse = new RegExp(`in use by another Maru \\(process ${process.pid}\\)`)
  assert.throws(() => openDataFolder(path), inUse)
  first[Symbol.dispose]()
  assert.ok(!existsSync(join(path, 'server.pid')))

  const child = await holder(path)
  assert.throws(() => openDataFolder(path), new RegExp(`process ${child.pid}\\)`))
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  openDataFolder(path)[Symbol.dispose]()
})

test('data folder - a path that can not be a folder is named', () => {
  const path = newPath()
  assert.throws(
    () => openDataFolder(join(import.meta.filename, path)),
    /can't make the data folder/,
  )
})

test('data folder - the key of cloaks is made once, for its owner alone', () => {
  using folder = openDataFolder(newPath())
  const key = cloakKey(folder)
  assert.equal(key.length, 32)
  assert.deepEqual(cloakKey(folder), key)
  const file = join(folder.path, 'cloak.key')
  if (isPosix) assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.match(readFileSync(file, 'utf8'), /^[0-9a-f]{64}\n$/)
  writeFileSync(file, 'abc')
  assert.throws(() => cloakKey(folder), /cloak\.key is damaged/)
})
