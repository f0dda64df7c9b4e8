import type { Socket } from 'node:net'
import type { Peer } from './peer.ts'
import { readProxyHeader } from './proxy-protocol.ts'

/** Reads a trusted proxy's header off the socket. A string: refused, and why. */
export function withProxyHeader(
  socket: Socket,
  proxy: Peer,
  deadlineMs: number,
  done: (result: Peer | string) => void,
): void {
  let received = Buffer.alloc(0)
  const timer = setTimeout(() => settle('PROXY header timeout'), deadlineMs)
  socket.on('data', onData)
  socket.on('close', onClose)
  socket.on('end', onClose)

  function onData(chunk: Buffer): void {
    received = Buffer.concat([received, chunk])
    const header = readProxyHeader(received)
    if (header.kind === 'more') return
    if (header.kind === 'refused') return settle(header.reason)
    const rest = received.subarray(header.headerBytes)
    socket.pause()
    if (rest.length > 0) socket.unshift(rest)
    if (header.kind === 'proxy') return settle(proxy)
    const { address, port, tls } = header
    settle(tls === undefined ? { address, port } : { address, port, tls })
  }

  function onClose(): void {
    settle('closed before its PROXY header')
  }

  function settle(result: Peer | string): void {
    clearTimeout(timer)
    socket.off('data', onData)
    socket.off('close', onClose)
    socket.off('end', onClose)
    done(result)
  }
}
