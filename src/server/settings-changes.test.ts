import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadSettings } from './config.ts'
import { settingsChanges } from './settings-changes.ts'
import type { Settings } from './settings.ts'

function settings(environment: Record<string, string>): Settings {
  const machine = { hostName: 'box', processors: 4, platform: 'linux', hasIpv6: true }
  const loaded = loadSettings({ workingFolder: '/nowhere', environment, flags: {}, machine })
  assert.ok(loaded.kind === 'loaded', JSON.stringify(loaded))
  return loaded.settings
}

test('settings changes - the same configuration changes nothing', () => {
  assert.deepEqual(settingsChanges(settings({}), settings({})), { changed: [], needRestart: [] })
})

test('settings changes - those that need a restart are told from those that do not', () => {
  const after = settings({
    MARU_MOTD: 'Hello',
    MARU_LOG_LEVEL: 'debug',
    MARU_WORKERS: '1',
    MARU_DATA: 'elsewhere',
    MARU_LISTEN_PLAIN: '127.0.0.1:6668',
    MARU_LIMITS_EDGE_LINE_BURST: '20',
    MARU_LIMITS_CHAT_NICK_LENGTH: '20',
    MARU_RETENTION_DAYS: '30',
  })
  const { changed, needRestart } = settingsChanges(settings({}), after)
  const settled = ['dataFolder', 'limits.edge', 'listeners.plain', 'workers']
  assert.deepEqual([...needRestart].toSorted(), settled)
  assert.deepEqual([...changed].toSorted(), [
    'dataFolder',
    'limits.chat',
    'limits.edge',
    'listeners.plain',
    'log.level',
    'motd',
    'retention.days',
    'workers',
  ])
})
