import { parseArgs } from 'node:util'
import { errorCode } from '../base/error-text.ts'
import { LEAST_TEXT_BYTES } from './message-text.ts'
import type { Plan, Storm } from './plan.ts'

export const USAGE = `usage: maru bench [options]

Puts load on any IRC server: clients register and join rooms, senders keep messages in flight,
and an observer in each room gives a sender its credit back when it has received the message.

  --host HOST      the server (127.0.0.1)
  --port PORT      (6667; 6697 with --tls; 8080 with --websocket; 8443 with both)
  --tls            connect with TLS
  --insecure       with --tls: accept any certificate
  --websocket      connect with WebSocket (text.ircv3.net)
  --path PATH      of the WebSocket (/irc)
  --clients N      connections in all (1000)
  --rooms N        rooms that they are dealt to (10; 1 with --storm join)
  --senders N      clients of each room that send (5)
  --window N       messages that each sender keeps in flight (16)
  --bytes N        length of each message's text (64)
  --seconds N      how long to send (5)
  --caps           ask for message-tags, server-time, account-tag and echo-message
  --storm KIND     instead of messages: 'join': all PART and JOIN at once;
                   'reconnect': all connections are cut and all come back at once
  --spread         many source addresses (127.0.x.y); the server must be on loopback
  --threads N      (one a core)
  --json           print one JSON object instead of the table
`

/** What the arguments ask for; or what is wrong with them, in words for the user. */
export type Asked =
  | { readonly kind: 'load'; readonly plan: Plan; readonly output: 'table' | 'json' }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problem: string }

/** Reads the arguments after `maru bench`; `cores` is the default number of threads. */
export function readArguments(args: readonly string[], cores: number): Asked {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false })
    if (values.help) return { kind: 'help' }
    const plan = planOf(values, cores)
    return { kind: 'load', plan, output: values.json ? 'json' : 'table' }
  } catch (error) {
    if (error instanceof WrongArgument || isParseError(error)) {
      return { kind: 'wrong', problem: error.message }
    }
    throw error
  }
}

const OPTIONS = {
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string' },
  tls: { type: 'boolean', default: false },
  insecure: { type: 'boolean', default: false },
  websocket: { type: 'boolean', default: false },
  path: { type: 'string' },
  clients: { type: 'string', default: '1000' },
  rooms: { type: 'string' },
  senders: { type: 'string', default: '5' },
  window: { type: 'string', default: '16' },
  bytes: { type: 'string', default: '64' },
  seconds: { type: 'string', default: '5' },
  caps: { type: 'boolean', default: false },
  storm: { type: 'string' },
  spread: { type: 'boolean', default: false },
  threads: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values']

class WrongArgument extends Error {}

function planOf(values: Values, cores: number): Plan {
  checkCombinations(values)
  const storm = stormOf(values.storm)
  const clients = whole('--clients', values.clients, 1, 1_000_000)
  const rooms = whole('--rooms', values.rooms ?? defaultRooms(clients, storm), 1, clients)
  const senders = whole('--senders', values.senders, 0, 1_000_000)
  if (storm === undefined && senders > 0 && clients < 2 * rooms) {
    throw new WrongArgument(
      `too few --clients (${clients}) for --rooms ${rooms}: each room needs one that sends and one that observes`,
    )
  }
  return {
    host: values.host,
    port: whole('--port', values.port ?? defaultPort(values), 1, 65_535),
    transport: values.websocket ? 'websocket' : 'tcp',
    tls: tlsOf(values),
    path: pathOf(values.path ?? '/irc'),
    clients,
    rooms,
    senders,
    window: whole('--window', values.window, 1, 100_000),
    textBytes: whole('--bytes', values.bytes, LEAST_TEXT_BYTES, MOST_TEXT_BYTES),
    durationMs: 1000 * number('--seconds', values.seconds, 0.1, 3600),
    lines: values.caps ? 'tagged' : 'plain',
    storm,
    threads: Math.min(
      whole('--threads', values.threads ?? String(cores), 1, 256),
      mostThreads(clients, rooms),
    ),
    sources: values.spread ? 'many' : 'one',
  }
}

function checkCombinations(values: Values): void {
  if (values.host === '') throw new WrongArgument('--host is empty')
  if (values.insecure && !values.tls) throw new WrongArgument('--insecure needs --tls')
  if (values.path !== undefined && !values.websocket) {
    throw new WrongArgument('--path needs --websocket')
  }
}

/** A line has 512 bytes, and the source that the server puts before it takes its part of them. */
const MOST_TEXT_BYTES = 400

/** Every thread that shares a room needs two of its clients: one that sends and one that observes. */
function mostThreads(clients: number, rooms: number): number {
  return Math.max(rooms, rooms * Math.floor(Math.floor(clients / rooms) / 2))
}

function tlsOf(values: Values): Plan['tls'] {
  if (!values.tls) return 'off'
  return values.insecure ? 'unverified' : 'verified'
}

function stormOf(kind: string | undefined): Storm | undefined {
  if (kind === undefined || kind === 'join' || kind === 'reconnect') return kind
  throw new WrongArgument(`--storm is 'join' or 'reconnect', not '${kind}'`)
}

function defaultRooms(clients: number, storm: Storm | undefined): string {
  if (storm === 'join') return '1'
  return String(Math.max(1, Math.min(10, Math.floor(clients / 2))))
}

function defaultPort({ tls, websocket }: Values): string {
  if (websocket) return tls ? '8443' : '8080'
  return tls ? '6697' : '6667'
}

function pathOf(path: string): string {
  if (path.startsWith('/') && !/\s/.test(path)) return path
  throw new WrongArgument(`--path begins with '/' and has no spaces, unlike '${path}'`)
}

function whole(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new WrongArgument(`${option} is a whole number from ${least} to ${most}, not '${text}'`)
}

function number(option: string, text: string, least: number, most: number): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new WrongArgument(`${option} is a number from ${least} to ${most}, not '${text}'`)
}

function isParseError(error: unknown): error is Error {
  return errorCode(error)?.startsWith('ERR_PARSE_ARGS') === true
}
