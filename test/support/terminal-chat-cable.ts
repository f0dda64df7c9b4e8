import { createServer, connect } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

/** A cable between clients and a server: it can be cut, be put into another server, and let nothing through. */
export class Cable implements AsyncDisposable {
  readonly #server: Server
  readonly #lines = new Set<Line>()
  #port: number | undefined
  #isStalled = false

  constructor(port: number) {
    this.#port = port
    // An end that goes while nothing comes through is not learnt of by the other.
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#plug(socket))
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
    for (const line of this.#lines) line.break()
  }

  mend(port: number): void {
    this.#port = port
  }

  /** From now on nothing comes through in either direction, and nobody is told. */
  stall(): void {
    this.#isStalled = true
    for (const line of this.#lines) line.stall()
  }

  /** Goes on with everything that was written meanwhile. */
  flow(): void {
    this.#isStalled = false
    for (const line of this.#lines) line.flow()
  }

  /** Through the connections that there are nothing comes any more, ever; new ones are as good as any. */
  strand(): void {
    for (const line of this.#lines) line.stall('for ever')
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
    const far = connect({ host: '127.0.0.1', port: this.#port, allowHalfOpen: true })
    const line = new Line(near, far, () => this.#lines.delete(line))
    this.#lines.add(line)
    if (!this.#isStalled) line.flow()
  }
}

/** One connection. Nothing flows before `flow`. */
class Line {
  readonly #ends: readonly [Socket, Socket]
  #isStalled: 'no' | 'yes' | 'for ever' = 'yes'
  #isBroken = false

  constructor(near: Socket, far: Socket, whenOver: () => void) {
    this.#ends = [near, far]
    for (const end of this.#ends) {
      end.on('error', () => {})
      end.on('close', () => {
        this.#isBroken = true
        if (this.#isStalled === 'no') this.break()
        if (this.#ends.every(({ destroyed }) => destroyed)) whenOver()
      })
    }
  }

  stall(how: 'yes' | 'for ever' = 'yes'): void {
    if (this.#isStalled !== 'for ever') this.#isStalled = how
    for (const end of this.#ends) end.unpipe().pause()
  }

  flow(): void {
    if (this.#isStalled === 'for ever') return
    this.#isStalled = 'no'
    if (this.#isBroken) return this.break()
    const [near, far] = this.#ends
    near.pipe(far)
    far.pipe(near)
  }

  break(): void {
    for (const end of this.#ends) end.destroy()
  }
}
