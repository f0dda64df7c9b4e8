import { Buffer } from 'node:buffer'
import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type ClientOptions, type RawData, WebSocket } from 'ws'
import type { Plan } from './plan.ts'

/** A connection to the server, whatever carries it. */
export interface Wire {
  /** `lines` are whole lines, each ended by CR LF. */
  send(lines: string): void
  /** At once, and without a further event. */
  cut(): void
}

export interface WireEvents {
  opened(): void
  /** Parts of a stream of lines; good until it returns. */
  received(bytes: Buffer, end: number): void
  /** The last event: `reason` is short and without addresses, so that equal reasons count together. */
  closed(reason: string): void
}

export interface WireOptions extends Pick<Plan, 'host' | 'port' | 'transport' | 'tls' | 'path'> {
  /** What `host` resolved to. */
  readonly address: string
  readonly sourceAddress: string | undefined
}

/** Opens a connection; a failure to open is reported as `closed`. */
export function openWire(options: WireOptions, events: WireEvents): Wire {
  return options.transport === 'websocket'
    ? openWebSocket(options, events)
    : openStream(options, events)
}

/** All connections of a thread read into the same memory: each read is dealt with before the next. */
const input = Buffer.allocUnsafeSlow(256 * 1024)

function openStream(options: WireOptions, events: WireEvents): Wire {
  const target = {
    host: options.address,
    port: options.port,
    noDelay: true,
    onread: {
      buffer: input,
      callback: (length: number): boolean => {
        events.received(input, length)
        return true
      },
    },
    ...(options.sourceAddress === undefined ? {} : { localAddress: options.sourceAddress }),
  }
  const socket =
    options.tls === 'off' ? connectTcp(target) : connectTls({ ...target, ...tlsOf(options) })
  let reason = 'closed by the server'
  socket.once(options.tls === 'off' ? 'connect' : 'secureConnect', () => events.opened())
  socket.on('error', (error) => {
    reason = reasonOf(error)
  })
  socket.once('end', () => socket.destroy())
  socket.once('close', () => events.closed(reason))
  return {
    send: (lines) => socket.write(lines, 'latin1'),
    cut: () => cutSocket(socket),
  }
}

function cutSocket(socket: Socket): void {
  socket.removeAllListeners('close')
  socket.destroy()
}

function tlsOf({ host, tls }: WireOptions): { servername?: string; rejectUnauthorized: boolean } {
  // an address is no server name: https://www.rfc-editor.org/rfc/rfc6066#section-3
  const name = /^[\d.]+$|:/.test(host) ? {} : { servername: host }
  return { ...name, rejectUnauthorized: tls === 'verified' }
}

const LF = 10

/** https://ircv3.net/specs/extensions/websocket: a message is a line, without its line end */
function openWebSocket(options: WireOptions, events: WireEvents): Wire {
  const scheme = options.tls === 'off' ? 'ws' : 'wss'
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  const url = `${scheme}://${host}:${options.port}${options.path}`
  const socket = new WebSocket(url, ['text.ircv3.net'], webSocketOptions(options))
  let reason = 'closed by the server'
  socket.once('open', () => events.opened())
  socket.on('error', (error) => {
    reason = reasonOf(error)
  })
  socket.once('close', () => events.closed(reason))
  socket.on('message', (data: RawData) => {
    const line = data as Buffer // what `binaryType` 'nodebuffer', the default, gives
    if (line.length >= input.length) return
    line.copy(input)
    input[line.length] = LF
    events.received(input, line.length + 1)
  })
  return {
    send: (lines) => {
      for (const line of lines.split('\r\n')) if (line !== '') socket.send(line)
    },
    cut: () => {
      socket.removeAllListeners('close')
      socket.terminate()
    },
  }
}

function webSocketOptions(options: WireOptions): ClientOptions & { lookup: LookupFunction } {
  return {
    perMessageDeflate: false,
    skipUTF8Validation: true,
    handshakeTimeout: 60_000,
    rejectUnauthorized: options.tls === 'verified',
    // not the name: a thousand look-ups would be the first load
    lookup: (_name, wanted, done) => {
      const family = options.address.includes(':') ? 6 : 4
      if (wanted.all === true) done(null, [{ address: options.address, family }])
      else done(null, options.address, family)
    },
    ...(options.sourceAddress === undefined ? {} : { localAddress: options.sourceAddress }),
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', 'connection reset by the server'],
  ['EPIPE', 'connection reset by the server'],
  ['ETIMEDOUT', 'connection timed out'],
  ['EMFILE', 'too many open files (see ulimit -n)'],
  ['EADDRNOTAVAIL', 'no source address or port left (see --spread)'],
])

function reasonOf(error: Error): string {
  const { code, syscall } = error as NodeJS.ErrnoException
  const known = code === undefined ? undefined : REASONS.get(code)
  if (known !== undefined) return known
  return syscall !== undefined && code !== undefined ? `${syscall} ${code}` : error.message
}
