import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { keepLooks, readLooks } from './kept-looks.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-looks-'))
after(() => rmSync(folder, { recursive: true }))

test('LOOKS - what was chosen is there the next time', () => {
  const path = join(folder, 'state', 'looks.json')
  const looks = {
    theme: 'dark',
    language: 'ko',
    sides: { rooms: 'hidden', members: 'auto' },
  } as const
  keepLooks(path, looks)
  assert.deepEqual(readLooks(path), looks)
})

test('LOOKS - what makes no sense is as usual', () => {
  const path = join(folder, 'looks.json')
  const usual = { sides: { rooms: 'auto', members: 'auto' } }
  assert.deepEqual(readLooks(path), usual)
  for (const text of ['', '[', 'null', '7', '{"theme":"pink","language":7,"rooms":{}}']) {
    writeFileSync(path, text)
    assert.deepEqual(readLooks(path), usual, text)
  }
})
