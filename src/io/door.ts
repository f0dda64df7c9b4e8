import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { EdgeLimits } from '../protocol/limits.ts'
import { clientName } from './client-name.ts'
import type { Connection, Wire } from './connection.ts'
import type { Edge } from './edge.ts'
import type { ListenSpec, Opened } from './engine.ts'
import { TEXT } from './frame-lines.ts'
import { Knocks } from './knocks.ts'
import { originCheck } from './origin.ts'
import { createWebAnswer, pathOf } from './web-answer.ts'
import { createUpgrade, type OpenWebSocket } from './websocket.ts'

/** What is known of whoever knocks, once proxy and TLS are behind them. */
export type Guest = Omit<Opened, 'kind' | 'connection'>

/** Lets a socket in: as a connection at once, or as an HTTP client first. */
export type Door = (socket: Socket, guest: Guest) => void

/** Notes that somebody from `address` was turned away. */
export type NoteRefusal = (address: string, reason: string) => void

export function createDoor(
  spec: ListenSpec,
  edge: Edge,
  limits: EdgeLimits,
  refused: NoteRefusal,
): Door {
  const isIrc = spec.kind === 'plain' || spec.kind === 'tls'
  if (isIrc) return (socket, guest) => openSocket(edge, socket, guest)
  return httpDoor(spec, edge, limits, refused)
}

function openSocket(edge: Edge, socket: Socket, guest: Guest): void {
  const wire: Wire = {
    framing: 'lines',
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    end: () => void socket.end(),
  }
  const connection = edge.open(guest, socket, wire)
  socket.on('data', (chunk: Buffer) => edge.input(connection, chunk))
  socket.on('end', () => edge.ended(connection))
  watchEnd(edge, connection, socket)
  // It stands still if a proxy's header was read off it.
  socket.resume()
}

function watchEnd(edge: Edge, connection: Connection, socket: Socket): void {
  let reason = 'Connection closed'
  socket.on('error', (error: NodeJS.ErrnoException) => {
    reason =
      error.code === 'ECONNRESET'
        ? 'Connection reset by peer'
        : `Socket error: ${error.code ?? error.message}`
  })
  socket.on('close', () => edge.gone(connection, reason))
}

const PATHS = new Set(['/', '/irc'])

/** An HTTP client that has not become a connection. `entered` ends that. */
interface Knocker {
  readonly guest: Guest
  readonly entered: () => void
}

function httpDoor(spec: ListenSpec, edge: Edge, limits: EdgeLimits, refused: NoteRefusal): Door {
  const knockers = new WeakMap<object, Knocker>()
  const note = (socket: Duplex, reason: string): void => {
    const knocker = knockers.get(socket)
    if (knocker !== undefined) refused(knocker.guest.address, reason)
  }
  const knocks = new Knocks(limits.handshakesPerAddress)
  const isAllowed = originCheck(spec.origins ?? [])
  const upgrade = createUpgrade(limits, (request) => {
    if (isAllowed(request)) return true
    note(request.socket, 'WebSocket from a foreign page')
    return false
  })
  const server: Server = createServer({ keepAlive: false }, createWebAnswer(spec.page))
  server.on('upgrade', (request, duplex, head) => {
    const knocker = knockers.get(duplex)
    if (knocker === undefined || !PATHS.has(pathOf(request))) {
      note(duplex, 'WebSocket to an unknown path')
      return turnAway(duplex, '404 Not Found')
    }
    upgrade(request, duplex, head, (opened) => {
      knocker.entered()
      const client = clientName(request.headers['user-agent'])
      const { guest } = knocker
      openWebSocket(edge, opened, client === undefined ? guest : { ...guest, client })
    })
  })
  server.on('clientError', ({ code }: NodeJS.ErrnoException, duplex) => {
    if (!duplex.writable) return void duplex.destroy()
    note(duplex, 'malformed HTTP request')
    const isTooLong = code === 'HPE_HEADER_OVERFLOW'
    turnAway(duplex, isTooLong ? '431 Request Header Fields Too Large' : '400 Bad Request')
  })
  return (socket, guest) => {
    const leave = knocks.enter(guest.address)
    if (leave === undefined) {
      refused(guest.address, 'too many web requests at a time')
      return turnAway(socket, '429 Too Many Requests')
    }
    // A wall-clock deadline, not an idle one: a header that drips in doesn't prolong it.
    const late = (): void => {
      refused(guest.address, 'HTTP request timeout')
      turnAway(socket, '408 Request Timeout')
    }
    const deadline = setTimeout(late, limits.httpHeadersMs)
    const entered = (): void => {
      clearTimeout(deadline)
      leave()
    }
    socket.once('close', entered)
    knockers.set(socket, { guest, entered })
    server.emit('connection', socket)
    // It stands still if a proxy's header was read off it.
    socket.resume()
  }
}

function openWebSocket(edge: Edge, opened: OpenWebSocket, guest: Guest): void {
  const socket = opened.socket as Socket
  const wire: Wire = {
    framing: opened.opcode === TEXT ? 'text' : 'binary',
    pause: () => opened.pause(),
    resume: () => opened.resume(),
    end: () => opened.close(1000, ''),
  }
  const connection = edge.open(guest, socket, wire)
  opened.listen({
    onLine: (line) => edge.input(connection, line),
    onClose: (reason) => edge.gone(connection, reason),
  })
}

function turnAway(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
