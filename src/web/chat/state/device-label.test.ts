import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceLabel } from './device-label.ts'

const AGENTS = [
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Edge, Windows, 3f9a',
  ],
  [
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Firefox, Linux, 3f9a',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari, iPhone, 3f9a',
  ],
  ['something else', 'Web, 3f9a'],
] as const

test('web chat - a browser has a name by which its owner knows it', () => {
  for (const [agent, label] of AGENTS) assert.equal(deviceLabel(agent, '3f9a'), label)
})
