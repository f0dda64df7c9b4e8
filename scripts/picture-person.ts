/** One of the people in the pictures. */
import { connect } from 'node:net'
import { connect as secure } from 'node:tls'
import { setTimeout as delay } from 'node:timers/promises'

/** Where they all come from, as far as TCP knows: the load of `maru bench` doesn't use it. */
export const PROXY_ADDRESS = '127.0.0.250'

export interface Arrival {
  readonly nick: string
  /** It is plain or TLS, as `via` says. */
  readonly port: number
  readonly via: 'tcp' | 'tls'
  /** The address that the proxy says. */
  readonly address: string
}

export interface Person extends Disposable {
  readonly send: (...lines: readonly string[]) => void
  /** Resolves when the server has done all that was sent. */
  readonly settled: () => Promise<void>
}

const PATIENCE_MS = 20_000

/** Resolves when the server has welcomed them. */
export async function bringIn({ nick, port, via, address }: Arrival): Promise<Person> {
  const plain = connect({ host: '127.0.0.1', port, localAddress: PROXY_ADDRESS, noDelay: true })
  // https://www.haproxy.org/download/3.1/doc/proxy-protocol.txt, section 2.1
  const family = address.includes(':') ? ['TCP6', '::1'] : ['TCP4', '127.0.0.1']
  plain.write(`PROXY ${family[0]} ${address} ${family[1]} 40000 ${port}\r\n`)
  const socket = via === 'tls' ? secure({ socket: plain, rejectUnauthorized: false }) : plain
  let heard = ''
  let isGone = false
  let tokens = 0
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text))
  socket.on('close', () => (isGone = true))
  // A reset is an end like any other.
  socket.on('error', () => {})
  const send = (...lines: readonly string[]): void => {
    socket.write(lines.map((line) => `${line}\r\n`).join(''))
  }
  const until = async (pattern: RegExp): Promise<void> => {
    const endMs = performance.now() + PATIENCE_MS
    while (!pattern.test(heard)) {
      if (isGone || performance.now() > endMs) {
        throw new Error(`${nick} waited in vain for ${pattern}: ${heard}`)
      }
      await delay(10)
    }
    heard = ''
  }
  send(`NICK ${nick}`, `USER me 0 * :${nick}`)
  await until(/ (?:376|422) /)
  return {
    send,
    settled: async () => {
      const token = `settled${++tokens}`
      send(`PING ${token}`)
      await until(new RegExp(` PONG .*${token}\r\n`))
    },
    [Symbol.dispose]: () => socket.destroy(),
  }
}
