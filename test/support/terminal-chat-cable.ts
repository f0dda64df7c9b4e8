import { createServer, connect } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

/** A cable between clients and a server: it can be cut, and be put into another server. */
export class Cable implements AsyncDisposable {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #port: number | undefined

  constructor(port: number) {
    this.#port = port
    this.#server = createServer((socket) => this.#plug(socket))
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async begin(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  /** Both ends lose their connections, and nobody gets new ones. */
  cut(): void {
    this.#port = undefined
    for (const socket of this.#sockets) socket.destroy()
  }

  mend(port: number): void {
    this.#port = port
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #plug(near: Socket): void {
    if (this.#port === undefined) {
      near.destroy()
      return
    }
    const far = connect({ host: '127.0.0.1', port: this.#port })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        this.#sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  }
}
