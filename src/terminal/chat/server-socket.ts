import { connect as connectPlain, isIP } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { isLoopback } from '../../protocol/address.ts'
import type { ChatWord } from './chat-words.ts'
import type { ChatAddress } from './network.ts'
import { socketReason } from './socket-reason.ts'

export interface SocketListeners {
  readonly onOpen: (facts: { readonly isSecure: boolean }) => void
  readonly onLines: (lines: readonly string[]) => void
  /** Once, whatever it was that ended it: a word of ours, or those of the system. */
  readonly onClose: (why: string) => void
  readonly onOtherCertificate: (fingerprint: string) => void
}

const PATIENCE_MS = 15_000
/** Tags and all. A server that says more in one line is none. */
const MAX_LINE_CHARACTERS = 65_536

/** A connection to a chat server, in lines. */
export class ServerSocket implements Disposable {
  readonly #socket: Socket
  readonly #listeners: SocketListeners
  readonly #decoder = new TextDecoder()
  #rest = ''
  #why: string = 'socketClosed' satisfies ChatWord
  #isOver = false

  constructor(address: ChatAddress, listeners: SocketListeners) {
    this.#listeners = listeners
    this.#socket = address.over === 'tls' ? this.#overTls(address) : this.#overTcp(address)
    this.#socket.setNoDelay(true)
    this.#socket.setTimeout(PATIENCE_MS, () => this.#end('socketSilent'))
    this.#socket.on('data', (bytes: Buffer) => this.#take(bytes))
    this.#socket.on('error', (error) => {
      this.#why = socketReason(error)
    })
    this.#socket.on('end', () => this.#socket.end())
    this.#socket.on('close', () => this.#over(this.#why))
  }

  send(lines: readonly string[]): void {
    if (!this.#socket.writable) return
    this.#socket.write(lines.map((line) => `${line}\r\n`).join(''))
  }

  /** After what was sent has been written. */
  close(): void {
    this.#socket.end()
    const timer = setTimeout(() => this.#socket.destroy(), 1000)
    timer.unref()
  }

  [Symbol.dispose](): void {
    this.#isOver = true
    this.#socket.destroy()
  }

  #overTcp({ host, port }: ChatAddress): Socket {
    const socket = connectPlain({ host, port })
    // Within this machine nobody is in between.
    socket.on('connect', () => this.#open({ isSecure: isLoopback(socket.remoteAddress ?? '') }))
    return socket
  }

  /** Who vouches for the certificate is looked at before anything is sent. */
  #overTls({ host, port, fingerprint }: ChatAddress): Socket {
    const isPinned = fingerprint !== undefined
    const name = isIP(host) === 0 ? { servername: host } : {}
    const socket: TLSSocket = connectTls({ host, port, ...name, rejectUnauthorized: !isPinned })
    socket.on('secureConnect', () => {
      const seen = socket.getPeerCertificate().fingerprint256
      if (!isPinned || socket.authorized || seen === fingerprint) {
        return this.#open({ isSecure: true })
      }
      this.#listeners.onOtherCertificate(seen)
      return this.#end('socketChanged')
    })
    return socket
  }

  #open(facts: { readonly isSecure: boolean }): void {
    this.#socket.setTimeout(0)
    this.#listeners.onOpen(facts)
  }

  #take(bytes: Buffer): void {
    if (this.#isOver) return
    const text = this.#rest + this.#decoder.decode(bytes, { stream: true })
    const lines = text.split('\n')
    this.#rest = lines.pop() ?? ''
    if (this.#rest.length > MAX_LINE_CHARACTERS) return this.#end('socketEndless')
    const whole = lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
    if (whole.length > 0) this.#listeners.onLines(whole)
    return undefined
  }

  #end(why: ChatWord): void {
    this.#why = why
    this.#socket.destroy()
  }

  #over(why: string): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#listeners.onClose(why)
  }
}
