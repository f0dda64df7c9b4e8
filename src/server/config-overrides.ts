import { CONFIG_KEYS, keyName } from './config-keys.ts'
import type { ConfigKey, KeyPath } from './config-keys.ts'
import { nearest } from './config-problems.ts'

/** A value that outranks the file's, and where it came from: `MARU_NETWORK`, `--plain`. */
export interface Override {
  readonly path: KeyPath
  readonly value: unknown
  readonly origin: string
}

/** Command-line flags of `maru serve`, as given; undefined: not given. */
export interface ConfigFlags {
  readonly config?: string | undefined
  readonly plain?: readonly string[] | undefined
  readonly tls?: readonly string[] | undefined
  readonly http?: string | undefined
  readonly https?: string | undefined
  readonly admin?: string | undefined
  readonly data?: string | undefined
  readonly workers?: string | undefined
  readonly history?: string | undefined
  readonly limits?: string | undefined
  readonly 'pid-file'?: string | undefined
  readonly 'no-dashboard'?: boolean | undefined
}

export type Environment = Readonly<Record<string, string | undefined>>

const FLAG_KEYS: Readonly<Record<Exclude<keyof ConfigFlags, 'config'>, string>> = {
  plain: 'listen.plain',
  tls: 'listen.tls',
  http: 'listen.http',
  https: 'listen.https',
  admin: 'listen.admin',
  data: 'data',
  workers: 'workers',
  history: 'history',
  limits: 'limits.preset',
  'pid-file': 'pid_file',
  'no-dashboard': 'dashboard',
}

/** The variable that stands for a key: `limits.chat.nick_length` is `MARU_LIMITS_CHAT_NICK_LENGTH`. */
export function variableName(key: Pick<ConfigKey, 'name'>): string {
  return `MARU_${key.name.replaceAll('.', '_').toUpperCase()}`
}

/** An empty variable is one that is not set. Lists are split at commas; `none` is the empty list. */
export function environmentOverrides(environment: Environment): Override[] {
  return VARIABLES.flatMap(([origin, key]) => {
    const text = environment[origin]
    if (text === undefined || text === '') return []
    const value = key.kind === 'list' ? text.split(',') : text
    return [{ path: key.path, value: coerced(value, key), origin }]
  })
}

export function flagOverrides(flags: ConfigFlags): Override[] {
  return Object.entries(FLAG_KEYS).flatMap(([flag, name]) => {
    const given = Object.entries(flags).find(([key]) => key === flag)?.[1]
    const key = CONFIG_KEYS.find((known) => known.name === name)
    if (given === undefined || key === undefined) return []
    const value = flag === 'no-dashboard' ? given !== true : coerced(given, key)
    return [{ path: key.path, value, origin: `--${flag}` }]
  })
}

/**
 * Variables that begin with MARU_ and mean nothing. Only worth a warning: Kubernetes sets some for every
 * service that is called maru. https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
 */
export function unknownVariables(environment: Environment): string[] {
  const known = ['MARU_CONFIG', ...VARIABLES.map(([name]) => name)]
  const strange = Object.keys(environment).filter(
    (name) =>
      name.startsWith('MARU_') && !known.includes(name) && !/^MARU_(PORT|SERVICE)(_|$)/.test(name),
  )
  return strange.map((name) => {
    const near = nearest(name, known)
    return `${name}: there is no such setting${near === undefined ? '' : `; did you mean ${near}?`}`
  })
}

/** Lists of tables (opers, gateways) have no variable. */
const VARIABLES = CONFIG_KEYS.filter(({ name }) => !name.includes('[]')).map(
  (key) => [variableName(key), key] as const,
)

/** Text as the type that the key wants; text that is no such thing stays, and the schema refuses it. */
function coerced(given: unknown, key: ConfigKey): unknown {
  if (Array.isArray(given)) {
    const entries = given.map((entry) => String(entry).trim()).filter((entry) => entry !== '')
    return entries.length === 1 && entries[0] === 'none' ? [] : entries
  }
  if (typeof given !== 'string') return given
  if (key.kind === 'boolean') return { true: true, false: false }[given] ?? given
  return key.kind === 'number' && /^-?\d+(\.\d+)?$/.test(given) ? Number(given) : given
}

/** For messages: where a value came from, if it did not come from the file. */
export function originOf(overrides: readonly Override[], path: KeyPath): string | undefined {
  const name = keyName(path)
  return overrides.findLast((override) => {
    const own = keyName(override.path)
    return name === own || name.startsWith(`${own}[`)
  })?.origin
}
