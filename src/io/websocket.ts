import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { BINARY, type Opcode, TEXT } from './frame-lines.ts'

/**
 * A WebSocket that has been opened. What is sent to it is written raw to `socket`, framed by `frameLines`
 * with `opcode`; nothing may be written any more after `close`.
 */
export interface OpenWebSocket {
  readonly socket: Duplex
  readonly opcode: Opcode
  /** To be called once, and before anything is awaited. */
  listen(listeners: WebSocketListeners): void
  /** Messages that have been read already still come. */
  pause(): void
  resume(): void
  /** After all that has been written. A peer that doesn't answer is cut off after 2 s. */
  close(code: CloseCode, reason: string): void
}

export interface WebSocketListeners {
  /**
   * One message as one line with LF, ready to be split: whatever a line must not hold makes this line a
   * fault there. An empty one for a ping or a pong. Good beyond the call.
   */
  readonly onLine: (line: Buffer) => void
  /** Exactly once, when the socket is gone. `reason` is fit to be shown to people. */
  readonly onClose: (reason: string) => void
}

/** Normal, going away, policy, internal error, restart. https://www.iana.org/assignments/websocket/websocket.xhtml */
export type CloseCode = 1000 | 1001 | 1008 | 1011 | 1012

export interface WebSocketLimits {
  readonly webSocketBytes: number
  readonly webSocketFragments: number
}

export type Upgrade = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  onOpen: (opened: OpenWebSocket) => void,
) => void

/**
 * Makes the function that answers an `upgrade` of an HTTP server: with an open WebSocket, or with an
 * HTTP error and the end of the socket, and no call. Routing by path is the caller's.
 * https://ircv3.net/specs/extensions/websocket
 */
export function createUpgrade(
  limits: WebSocketLimits,
  isAllowed: (request: IncomingMessage) => boolean,
): Upgrade {
  const options = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.webSocketBytes,
    maxFragments: limits.webSocketFragments,
    maxBufferedChunks: BUFFERED_CHUNKS,
    closeTimeout: CLOSE_TIMEOUT_MS,
    handleProtocols: preferred,
  }
  const server = new WebSocketServer(options)
  return (request, socket, head, onOpen) => {
    if (!isAllowed(request)) {
      refuse(socket)
      return
    }
    server.handleUpgrade(request, socket, head, (ws) => onOpen(adapt(ws, socket)))
  }
}

const TEXT_PROTOCOL = 'text.ircv3.net'
const BINARY_PROTOCOL = 'binary.ircv3.net'
/** Reads that one unfinished message may take: enough for a small one that comes a byte at a time. */
const BUFFERED_CHUNKS = 1024
const CLOSE_TIMEOUT_MS = 2000
/** https://www.rfc-editor.org/rfc/rfc6455#section-5.5 less the code's two bytes */
const REASON_BYTES = 123
const EMPTY_LINE = Buffer.from('\n')
const NUL = 0
const LF = 0x0a
const CR = 0x0d

/**
 * "The server MUST accept any subprotocol it supports, respecting the client's order of preference."
 * With none in common the connection goes on in text, as it does for a client that offers none.
 */
function preferred(offered: Set<string>): string | false {
  for (const protocol of offered) {
    if (protocol === TEXT_PROTOCOL || protocol === BINARY_PROTOCOL) return protocol
  }
  return false
}

function refuse(socket: Duplex): void {
  socket.on('error', () => {})
  socket.once('finish', () => socket.destroy())
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

function adapt(ws: WebSocket, socket: Duplex): OpenWebSocket {
  return {
    socket,
    opcode: ws.protocol === BINARY_PROTOCOL ? BINARY : TEXT,
    listen({ onLine, onClose }) {
      let reason = 'Connection closed'
      ws.on('message', (data) => onLine(asLine(data)))
      // Frames that say nothing are paid for like empty lines: a flood of them must not cost the others.
      ws.on('ping', () => onLine(EMPTY_LINE))
      ws.on('pong', () => onLine(EMPTY_LINE))
      ws.on('error', (error) => {
        reason = error.message
      })
      ws.on('close', () => onClose(reason))
    },
    pause: () => ws.pause(),
    resume: () => ws.resume(),
    close: (code, reason) => ws.close(code, shortened(reason)),
  }
}

/** A line end at the very end is forgiven: older clients send it. Any other must not make two lines of one. */
function asLine(data: RawData): Buffer {
  // `binaryType` is left at its default, with which a message is always one Buffer.
  const message = Buffer.isBuffer(data) ? data : Buffer.alloc(0)
  const end = contentEnd(message)
  const line = Buffer.allocUnsafe(end + 1)
  message.copy(line, 0, 0, end)
  line[end] = LF
  for (let at = line.indexOf(LF); at < end; at = line.indexOf(LF, at)) line[at] = NUL
  // The CR would pass for a part of the line end.
  if (line[end - 1] === CR) line[end - 1] = NUL
  return line
}

function contentEnd(message: Buffer): number {
  if (message.at(-1) !== LF) return message.length
  return message.at(-2) === CR ? message.length - 2 : message.length - 1
}

function shortened(reason: string): string {
  return reason.slice(0, new TextEncoder().encodeInto(reason, new Uint8Array(REASON_BYTES)).read)
}
