import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { systemdNotifier } from './sd-notify.ts'

const root = mkdtempSync(join(tmpdir(), 'maru-notify-'))
after(() => rmSync(root, { recursive: true }))

/** A `systemd-notify` that writes down what it is told, in a PATH of its own. */
function systemd(script = 'echo "$NOTIFY_SOCKET|$*" >> "$MARU_TEST_TOLD"') {
  const folder = mkdtempSync(join(root, 'case-'))
  const program = join(folder, 'systemd-notify')
  writeFileSync(program, `#!/bin/sh\n${script}\n`)
  chmodSync(program, 0o755)
  const told = join(folder, 'told')
  const failures: string[] = []
  return {
    failures,
    told: () => (existsSync(told) ? readFileSync(told, 'utf8').trimEnd().split('\n') : []),
    notifier: (environment: Record<string, string>) =>
      systemdNotifier({
        environment: { PATH: folder, MARU_TEST_TOLD: told, ...environment },
        processId: 42,
        monotonicUs: () => 123_456n,
        onFailure: (reason) => failures.push(reason),
      }),
  }
}

// systemd is Linux's; the stand-in is a shell script.
const onPosix = { skip: process.platform === 'win32' }

test('sd-notify - without NOTIFY_SOCKET nothing is said', onPosix, async () => {
  const { notifier, told, failures } = systemd()
  const silent = notifier({ WATCHDOG_USEC: '2000' })
  await silent.ready('up')
  await silent.stopping()
  assert.deepEqual([told(), failures], [[], []])
})

test(
  'sd-notify - ready, reloading and stopping are said as sd_notify(3) has them',
  onPosix,
  async () => {
    const { notifier, told } = systemd()
    const service = notifier({ NOTIFY_SOCKET: '@abstract' })
    await service.ready('listening on [::]:6697')
    await service.reloading()
    await service.ready('listening')
    await service.stopping()
    service.close()
    assert.deepEqual(told(), [
      '@abstract|READY=1 STATUS=listening on [::]:6697',
      '@abstract|RELOADING=1 MONOTONIC_USEC=123456',
      '@abstract|READY=1 STATUS=listening',
      '@abstract|STOPPING=1',
    ])
  },
)

test(
  'sd-notify - the watchdog has signs of life, once ready and until closed',
  onPosix,
  async () => {
    const { notifier, told } = systemd()
    const watched = { NOTIFY_SOCKET: '/run/x', WATCHDOG_USEC: '20000', WATCHDOG_PID: '42' }
    const service = notifier(watched)
    await service.ready('up')
    while (told().filter((line) => line === '/run/x|WATCHDOG=1').length < 2) await delay(5)
    service.close()
  },
)

test('sd-notify - a watchdog for another process is not ours', onPosix, async () => {
  const { notifier, told } = systemd()
  const service = notifier({ NOTIFY_SOCKET: '/x', WATCHDOG_USEC: '2000', WATCHDOG_PID: '41' })
  await service.ready('up')
  await delay(50)
  assert.deepEqual(told(), ['/x|READY=1 STATUS=up'])
})

test('sd-notify - failures are reported once and hurt nobody', onPosix, async () => {
  const { notifier, failures } = systemd('exit 3')
  const service = notifier({ NOTIFY_SOCKET: '/x' })
  await service.ready('up')
  await service.stopping()
  assert.deepEqual(failures, ['systemd-notify ended with 3'])
  const without = systemd()
  await without.notifier({ NOTIFY_SOCKET: '/x', PATH: '/nowhere' }).ready('up')
  assert.match(without.failures[0] ?? '', /^systemd-notify: .*ENOENT/)
})
