import { isDeepStrictEqual } from 'node:util'
import type { Settings } from './settings.ts'

export interface SettingsChanges {
  /** Names of settings that differ, `log.level` or `motd`. */
  readonly changed: readonly string[]
  /** Those of them that a running server can't take. */
  readonly needRestart: readonly string[]
}

/** Sockets, threads, files and names that clients were told are settled when the server starts. */
const SETTLED_AT_START: ReadonlySet<string> = new Set([
  'network',
  'landingRoom',
  'serverName',
  'listeners.plain',
  'listeners.tls',
  'listeners.http',
  'listeners.https',
  'listeners.admin',
  'adminHosts',
  'proxies',
  'webSocketOrigins',
  'dataFolder',
  'workers',
  'history',
  'database',
  'limits.edge',
  'limits.admission',
  'log.format',
  'pidFile',
  'dashboard',
])

/** What a reload would change. */
export function settingsChanges(before: Settings, after: Settings): SettingsChanges {
  const old = new Map(parts(before))
  const changed = parts(after)
    .filter(([name, value]) => !isDeepStrictEqual(old.get(name), value))
    .map(([name]) => name)
  return { changed, needRestart: changed.filter((name) => SETTLED_AT_START.has(name)) }
}

const WITH_PARTS: ReadonlySet<string> = new Set([
  'accounts',
  'listeners',
  'limits',
  'log',
  'admin',
  'alerts',
  'retention',
])

function parts(settings: Settings): (readonly [string, unknown])[] {
  return Object.entries(settings).flatMap(([name, value]: [string, unknown]) =>
    WITH_PARTS.has(name) && typeof value === 'object' && value !== null
      ? Object.entries(value).map(([part, inner]) => [`${name}.${part}`, inner] as const)
      : [[name, value] as const],
  )
}
