import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { ServerBan } from '../state/server-ban.ts'
import { openBanFile } from './ban-file.ts'
import { StartupError } from './startup-error.ts'

const kline: ServerBan = {
  kind: 'kline',
  mask: '*@bad.example',
  reason: 'spam "and" 광고',
  setBy: 'root',
  setAtMs: 1,
}
const dline: ServerBan = { ...kline, kind: 'dline', mask: '192.0.2.0/24', expiresAtMs: 2 }

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'maru-bans-'))
  t.after(() => rmSync(path, { recursive: true }))
  return path
}

const noTrouble = (text: string) => assert.fail(text)

test('BANS - what was saved is there after a restart, as it was', async (t) => {
  const path = folder(t)
  const file = openBanFile(path, noTrouble)
  assert.deepEqual(file.kept, [])
  file.save([kline])
  file.save([kline, dline])
  await Promise.resolve()
  assert.deepEqual(openBanFile(path, noTrouble).kept, [kline, dline])
  assert.deepEqual(readdirSync(path), ['bans.json'])
})

test('BANS - a mute is kept beside those that were there before there were mutes', async (t) => {
  const path = folder(t)
  writeFileSync(join(path, 'bans.json'), JSON.stringify({ version: 1, bans: [kline, dline] }))
  const file = openBanFile(path, noTrouble)
  const mute: ServerBan = { ...kline, kind: 'mute' }
  file.save([...file.kept, mute])
  await Promise.resolve()
  assert.deepEqual(openBanFile(path, noTrouble).kept, [kline, dline, mute])
})

test('BANS - a damaged file stops the start and is named', (t) => {
  for (const text of ['', '{"version":1', '{"version":2,"bans":[]}', '{"version":1,"bans":[{}]}']) {
    const path = folder(t)
    writeFileSync(join(path, 'bans.json'), text)
    assert.throws(() => openBanFile(path, noTrouble), {
      name: StartupError.name,
      message: new RegExp(`^${join(path, 'bans.json')} is damaged`),
    })
  }
})

test('BANS - a folder that is gone is told, and the server goes on', async (t) => {
  const path = folder(t)
  const troubles: string[] = []
  const file = openBanFile(join(path, 'gone'), (text) => troubles.push(text))
  file.save([kline])
  await Promise.resolve()
  assert.match(troubles.join(), /^can't write .*bans\.json: /)
})
