import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { watchDisk } from './disk-watch.ts'

test('DISK - the room that is left is known soon after the start', async () => {
  using disk = watchDisk(tmpdir())
  while (disk.space === undefined) await wait(5)
  const { freeBytes, totalBytes } = disk.space
  assert.ok(freeBytes >= 0 && freeBytes <= totalBytes && totalBytes > 0)
})

test('DISK - a folder that is not there is no trouble, and is looked for again', async (t) => {
  const parent = mkdtempSync(join(tmpdir(), 'maru-disk-'))
  t.after(() => rmSync(parent, { recursive: true }))
  const folder = join(parent, 'data')
  using disk = watchDisk(folder, 1)
  await wait(20)
  assert.equal(disk.space, undefined)
  mkdirSync(folder)
  while (disk.space === undefined) await wait(5)
})
