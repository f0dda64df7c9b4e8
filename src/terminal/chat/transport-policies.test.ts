import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { keepTransportPolicy, transportPolicy } from './transport-policies.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-policies-'))
after(() => rmSync(folder, { recursive: true }))

const NOW_MS = Date.UTC(2026, 10, 24)

test('STS - "clients MUST only use a secure transport ... until the policy expires"', () => {
  const path = join(folder, 'state', 'policies.json')
  const said = { host: 'Chat.example.org', port: 6697, durationSeconds: 60, nowMs: NOW_MS }
  assert.equal(transportPolicy(path, 'chat.example.org', NOW_MS), undefined)
  keepTransportPolicy(path, said)
  assert.equal(transportPolicy(path, 'chat.EXAMPLE.org', NOW_MS + 59_999)?.port, 6697)
  assert.equal(transportPolicy(path, 'chat.example.org', NOW_MS + 60_000), undefined)
  assert.equal(transportPolicy(path, 'example.org', NOW_MS), undefined)
  if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600)
})

test('STS - "A duration=0 value indicates a disabled STS persistence policy with an immediate expiry"', () => {
  const path = join(folder, 'over.json')
  for (const host of ['a.example', 'b.example']) {
    keepTransportPolicy(path, { host, port: 6697, durationSeconds: 60, nowMs: NOW_MS })
  }
  keepTransportPolicy(path, { host: 'a.example', port: 6697, durationSeconds: 0, nowMs: NOW_MS })
  assert.equal(transportPolicy(path, 'a.example', NOW_MS), undefined)
  assert.equal(transportPolicy(path, 'b.example', NOW_MS)?.untilMs, NOW_MS + 60_000)
})

test('STS - a damaged file is not taken for an empty one', () => {
  const path = join(folder, 'damaged.json')
  for (const text of ['', '{"a":', '[]', 'null', '{"a":{}}', '{"a":{"port":1}}', '{"a":null}']) {
    writeFileSync(path, text)
    assert.throws(() => transportPolicy(path, 'a', NOW_MS), SyntaxError, text)
    const said = { host: 'b', port: 1, durationSeconds: 1, nowMs: NOW_MS }
    assert.throws(() => keepTransportPolicy(path, said), SyntaxError, text)
  }
})
