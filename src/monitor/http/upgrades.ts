import { ServerResponse, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { Socket } from 'node:net'
import type { Refusal } from './refusal.ts'

export interface Upgrades {
  readonly path: string
  /** Takes the socket over, or says why not. */
  readonly take: (request: IncomingMessage, socket: Duplex, head: Buffer) => Refusal | undefined
  readonly refuse: (response: ServerResponse, refusal: Refusal) => void
}

/**
 * WebSockets on one path. Some programs ask for an upgrade to HTTP/2 with whatever they ask for: a server
 * may go on as if they hadn't. https://www.rfc-editor.org/rfc/rfc9110#section-7.8
 */
export function openUpgrades(server: Server, { path, take, refuse }: Upgrades): Disposable {
  const sockets = new Set<Duplex>()
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    if (isWebSocketAt(path, request)) {
      const refusal = take(request, socket, head)
      if (refusal !== undefined) refuse(plainResponse(request, socket), refusal)
      return
    }
    const isBodyless = request.method === 'GET' || request.method === 'HEAD'
    if (isBodyless) server.emit('request', request, plainResponse(request, socket))
    else socket.destroy()
  })
  return {
    [Symbol.dispose]() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

function isWebSocketAt(path: string, { headers, url }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket' && url?.split('?', 1)[0] === path
}

/** The last answer on this socket. */
function plainResponse(request: IncomingMessage, socket: Duplex): ServerResponse {
  const response = new ServerResponse(request)
  if (socket instanceof Socket) response.assignSocket(socket)
  response.shouldKeepAlive = false
  response.on('finish', () => socket.end())
  return response
}
