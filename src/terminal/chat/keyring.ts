import { spawnSync } from 'node:child_process'

/**
 * A password that the user has put into the store of the system; undefined: there is none, or no store.
 *
 * Linux: `secret-tool store --label="Maru chat" service maru-chat server HOST:PORT account NAME`.
 * macOS: `security add-generic-password -s maru-chat@HOST:PORT -a NAME -w`.
 */
export function keyringPassword(
  server: string,
  account: string,
  platform: NodeJS.Platform,
): string | undefined {
  const [program, ...args] = asked(server, account, platform)
  if (program === undefined) return undefined
  const { status, stdout } = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 10_000,
  })
  const password = status === 0 ? stdout.replace(/\r?\n$/, '') : ''
  return password === '' ? undefined : password
}

function asked(server: string, account: string, platform: NodeJS.Platform): readonly string[] {
  if (platform === 'darwin') {
    return ['security', 'find-generic-password', '-s', `maru-chat@${server}`, '-a', account, '-w']
  }
  if (platform !== 'linux') return []
  return ['secret-tool', 'lookup', 'service', 'maru-chat', 'server', server, 'account', account]
}
