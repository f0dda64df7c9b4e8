import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { errorReason } from '../base/error-text.ts'
import { systemClock } from '../base/clock.ts'
import { foldCase } from '../protocol/casemap.ts'
import { CertificateError, readCertificate } from './certificate.ts'
import { hostPort, isServerName } from './config-checks.ts'
import { lifted } from './config-limits.ts'
import type { KeyPath } from './config-keys.ts'
import type { Problem } from './config-problems.ts'
import type { Config } from './config-schema.ts'
import type {
  HostPort,
  Listeners,
  OperClass,
  RetentionSettings,
  Settings,
  StsPolicy,
  TlsFiles,
} from './settings.ts'

/** What the defaults take from the computer. */
export interface Machine {
  readonly hostName: string
  readonly processors: number
  /** As `process.platform`. */
  readonly platform: string
  readonly hasIpv6: boolean
}

/** Makes settings of a configuration whose every value is right by itself; what does not fit together is noted. */
export interface Build {
  readonly settings: Settings
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]
}

export interface BuildContext {
  readonly machine: Machine
  readonly configFile: string | undefined
  /** Against which folder a path that stands at this key is resolved. */
  folderOf(key: KeyPath): string
}

interface Notes {
  readonly problems: Problem[]
  readonly warnings: Problem[]
}

/** Three are enough for a small network; a class of the same name in the file takes its place. */
export const STANDARD_CLASSES: readonly OperClass[] = [
  { name: 'watch', privileges: ['see-hosts', 'see-hidden'] },
  {
    name: 'moderate',
    privileges: ['see-hosts', 'see-hidden', 'wallops', 'kill', 'ban', 'override', 'expunge'],
  },
  {
    name: 'admin',
    privileges: [
      ...(['see-hosts', 'see-hidden', 'wallops', 'kill', 'ban', 'override'] as const),
      ...(['expunge', 'rehash', 'die'] as const),
    ],
  },
]

export function buildSettings(config: Config, context: BuildContext): Build {
  const notes: Notes = { problems: [], warnings: [] }
  const { machine } = context
  const { edge, admission, chat, preset } = config.limits
  const listeners = listenersOf(config, machine)
  const tls = tlsFiles(config, context, notes)
  checkLimits(config, notes)
  if (config.password !== undefined && !config.password.startsWith('$')) {
    notes.warnings.push(plainPassword)
  }
  const settings: Settings = {
    configFile: context.configFile,
    network: config.network,
    serverName: config.serverName ?? standardServerName(machine),
    description: config.description,
    motd: motd(config, context, notes),
    iconUrl: config.iconUrl,
    landingRoom: config.landingRoom === 'none' ? undefined : config.landingRoom,
    admin: config.admin,
    defaultChannelModes: config.channels.defaultModes,
    cloakHosts: config.users.cloakHosts,
    accounts: config.accounts,
    password: config.password,
    shutdownMessage: config.shutdownMessage,
    deniedClientTags: config.messages.denyClientTags,
    listeners,
    adminHosts: config.listen.adminHosts,
    tls,
    sts: stsPolicy(config, listeners, notes),
    proxies: config.proxy.networks,
    webirc: uniqueNames(config.webirc, 'webirc', notes),
    webSocketOrigins: config.websocket.origins,
    dataFolder: resolve(context.folderOf(['data']), config.data),
    workers: config.workers ?? standardWorkers(machine),
    history: config.history,
    database: config.database,
    retention: retention(config, notes),
    limits: preset === 'off' ? lifted({ edge, admission, chat }) : { edge, admission, chat },
    ...opers(config, notes),
    log: config.log,
    pidFile: pathAt(context, ['pidFile'], config.pidFile),
    dashboard: config.dashboard,
    alerts: config.alerts,
  }
  return { settings: frozen(settings), ...notes }
}

const plainPassword: Problem = {
  path: ['password'],
  text: 'the password stands here for all to read; `maru passwd` makes a hash of it',
}

function standardServerName({ hostName }: Machine): string {
  return isServerName(hostName) ? hostName.toLowerCase() : 'maru.local'
}

/** Elsewhere than on Linux, sockets that share a port do not share its connections. */
function standardWorkers({ processors, platform }: Machine): number {
  return platform === 'linux' ? Math.max(1, processors - 1) : 0
}

function listenersOf({ listen }: Config, { hasIpv6 }: Machine): Listeners {
  // `::` takes IPv4 connections as well, unless the system has no IPv6 at all.
  const everywhere = hasIpv6 ? '::' : '0.0.0.0'
  const at = (text: string): HostPort | undefined => {
    const address = hostPort(text)
    return address?.host === '*' ? { ...address, host: everywhere } : address
  }
  return {
    plain: listen.plain.flatMap((text) => at(text) ?? []),
    tls: listen.tls.flatMap((text) => at(text) ?? []),
    http: at(listen.http),
    https: at(listen.https),
    admin: at(listen.admin),
  }
}

function motd(config: Config, context: BuildContext, notes: Notes): readonly string[] {
  const { motd: text, motdFile } = config
  if (motdFile === undefined) return linesOf(text ?? '')
  if (text !== undefined) {
    notes.problems.push({
      path: ['motdFile'],
      text: 'expected either motd or motd_file, found both',
    })
  }
  const path = resolve(context.folderOf(['motdFile']), motdFile)
  try {
    return linesOf(readFileSync(path, 'utf8'))
  } catch (error) {
    notes.problems.push({ path: ['motdFile'], text: `can't read ${path}: ${errorReason(error)}` })
    return []
  }
}

function linesOf(text: string): readonly string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n|\r/)
  while (lines.at(-1)?.trim() === '') lines.pop()
  return lines.map((line) => line.replaceAll('\0', ''))
}

function tlsFiles(config: Config, context: BuildContext, notes: Notes): TlsFiles | undefined {
  const certificate = pathAt(context, ['tls', 'certificate'], config.tls.certificate)
  const key = pathAt(context, ['tls', 'key'], config.tls.key)
  if (certificate === undefined && key === undefined) return undefined
  if (certificate === undefined || key === undefined) {
    const [given, missing] = key === undefined ? ['certificate', 'key'] : ['key', 'certificate']
    notes.problems.push({ path: ['tls', given], text: `expected tls.${missing} beside it` })
    return undefined
  }
  const files = { certificate, key }
  try {
    if (readCertificate(files).expiresAtMs < systemClock.now()) {
      notes.warnings.push({ path: ['tls', 'certificate'], text: `${certificate} has expired` })
    }
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error
    notes.problems.push({ path: ['tls', error.file], text: error.message })
  }
  return files
}

/** STS makes clients insist on a valid certificate for as long as the policy says: a wrong one locks them out. */
function stsPolicy(config: Config, listeners: Listeners, notes: Notes): StsPolicy | undefined {
  const { enabled, durationSeconds, preload } = config.sts
  if (!enabled) return undefined
  if (config.tls.certificate === undefined) {
    const text = 'needs a certificate that clients trust: set tls.certificate and tls.key'
    notes.problems.push({ path: ['sts', 'enabled'], text })
  }
  const port = config.sts.port ?? listeners.tls[0]?.port
  if (port === undefined) {
    notes.problems.push({ path: ['sts', 'enabled'], text: 'needs a listener with TLS or sts.port' })
    return undefined
  }
  return { durationSeconds, port, preload }
}

function opers(config: Config, notes: Notes): Pick<Settings, 'opers' | 'operClasses'> {
  const own = uniqueNames(config.operClasses, 'operClasses', notes)
  const ownNames = new Set(own.map(({ name }) => name))
  const operClasses = [...STANDARD_CLASSES.filter(({ name }) => !ownNames.has(name)), ...own]
  const names = operClasses.map(({ name }) => name)
  for (const [index, oper] of config.opers.entries()) {
    if (names.includes(oper.class)) continue
    const text = `expected one of ${names.map((name) => `"${name}"`).join(', ')}, found "${oper.class}"`
    notes.problems.push({ path: ['opers', index, 'class'], text })
  }
  return { opers: uniqueNames(config.opers, 'opers', notes), operClasses }
}

function uniqueNames<T extends { readonly name: string }>(
  entries: readonly T[],
  table: string,
  { problems }: Notes,
): readonly T[] {
  const seen = new Set<string>()
  for (const [index, { name }] of entries.entries()) {
    const text = `"${name}" is there twice`
    if (seen.has(name)) problems.push({ path: [table, index, 'name'], text })
    seen.add(name)
  }
  return entries
}

function retention({ retention: kept }: Config, { problems }: Notes): RetentionSettings {
  const seen = new Set<string>()
  for (const [index, { name }] of kept.rooms.entries()) {
    const text = `"${name}" is there twice`
    if (seen.has(foldCase(name))) {
      problems.push({ path: ['retention', 'rooms', index, 'name'], text })
    }
    seen.add(foldCase(name))
  }
  const { days, messages, bytes } = kept
  const rooms = kept.rooms.map((room) => ({
    name: room.name,
    days: room.days,
    messages: room.messages,
  }))
  return { days, messages, bytes, rooms }
}

function checkLimits({ limits: { edge, chat } }: Config, { problems }: Notes): void {
  const order = (table: string, low: [string, number], high: [string, number, string]): void => {
    if (low[1] <= high[1]) return
    const text = `expected at most ${high[2]} (${high[1]}), found ${low[1]}`
    problems.push({ path: ['limits', table, low[0]], text })
  }
  order(
    'edge',
    ['slowReaderBytes', edge.slowReaderBytes],
    ['sendQueueBytes', edge.sendQueueBytes, 'limits.edge.send_queue_bytes'],
  )
  order(
    'edge',
    ['lineBytes', edge.lineBytes],
    ['unparsedBytes', edge.unparsedBytes, 'limits.edge.unparsed_bytes'],
  )
  order(
    'chat',
    ['pingAfterMs', chat.pingAfterMs],
    ['dropAfterMs', chat.dropAfterMs, 'limits.chat.drop_after_ms'],
  )
}

function pathAt(context: BuildContext, key: KeyPath, path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(context.folderOf(key), path)
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}
