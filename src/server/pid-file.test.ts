import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { writePidFile } from './pid-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-pid-'))
after(() => rmSync(folder, { recursive: true }))

test('pid file - it holds the id, and goes with the process', () => {
  const path = join(folder, 'a')
  const file = writePidFile(path, 42)
  assert.equal(readFileSync(path, 'utf8'), '42\n')
  file[Symbol.dispose]()
  assert.ok(!existsSync(path))
})

test('pid file - one that another process has written since is left alone', () => {
  const path = join(folder, 'b')
  const file = writePidFile(path, 42)
  writeFileSync(path, '43\n')
  file[Symbol.dispose]()
  assert.equal(readFileSync(path, 'utf8'), '43\n')
})
