import { connect, type Socket } from 'node:net'
import { Inbox, settled, WELCOMED } from './inbox.ts'

export interface Frame {
  readonly opcode: number
  readonly payload: Buffer
}

export interface FrameShape {
  /** The first byte: 0x80 final, 0x70 reserved, 0x0f the opcode. */
  readonly head: number
  readonly payload?: string | Uint8Array
  /** What the header says instead of the truth. */
  readonly announced?: bigint
  readonly mask?: 'none'
}

export const TEXT = 0x81
export const BINARY = 0x82
export const CLOSE = 0x88
export const PING = 0x89

/** A WebSocket client that sends whatever frames the test makes. */
export class WebPeer {
  readonly socket: Socket
  readonly #inbox = new Inbox<Frame>(({ opcode, payload }) => `${opcode} ${payload.toString()}`)
  #bytes = Buffer.alloc(0)
  #isOpen = false

  private constructor(socket: Socket) {
    this.socket = socket
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk])
      if (this.#isOpen) this.#takeFrames()
      this.#inbox.changed()
    })
    socket.on('error', () => {})
    socket.on('close', () => this.#inbox.close())
  }

  static async dial(port: number, protocol = 'text.ircv3.net'): Promise<WebPeer> {
    const socket = connect({ host: '127.0.0.1', port })
    const peer = new WebPeer(socket)
    socket.write(
      'GET /irc HTTP/1.1\r\nHost: irc.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n' +
        `Sec-WebSocket-Protocol: ${protocol}\r\n\r\n`,
    )
    await peer.#inbox.becomes(() => peer.#bytes.includes('\r\n\r\n'), 'the answer to the upgrade')
    const end = peer.#bytes.indexOf('\r\n\r\n') + 4
    const head = peer.#bytes.toString('latin1', 0, end)
    if (!head.startsWith('HTTP/1.1 101 ')) throw new Error(head)
    peer.#bytes = peer.#bytes.subarray(end)
    peer.#isOpen = true
    peer.#takeFrames()
    return peer
  }

  /** Received and not read by the test. */
  get frames(): readonly Frame[] {
    return this.#inbox.unread
  }

  send(text: string): void {
    this.sendFrame({ head: TEXT, payload: text })
  }

  sendFrame(shape: FrameShape): void {
    this.socket.write(frameBytes(shape))
  }

  async register(nick: string): Promise<void> {
    this.send(`NICK ${nick}`)
    this.send(`USER ${nick} 0 * :${nick}`)
    await this.until(WELCOMED)
    await this.settled()
  }

  /** The texts up to the first one that matches. */
  async until(pattern: RegExp): Promise<string[]> {
    const fits = ({ payload }: Frame): boolean => pattern.test(payload.toString())
    const frames = await this.#inbox.until(fits, String(pattern))
    return frames.map(({ payload }) => payload.toString())
  }

  settled(): Promise<string[]> {
    return settled(this)
  }

  /** What the server's close frame says, once the connection is gone. */
  async closed(): Promise<{ code: number; reason: string } | undefined> {
    const frames = await this.#inbox.ended()
    const payload = frames.find(({ opcode }) => opcode === 8)?.payload
    if (payload === undefined || payload.length < 2) return undefined
    return { code: payload.readUInt16BE(0), reason: payload.toString('utf8', 2) }
  }

  #takeFrames(): void {
    for (;;) {
      const [first = 0, second = 0] = this.#bytes
      const short = second & 0x7f
      const start = short === 127 ? 10 : short === 126 ? 4 : 2
      if (this.#bytes.length < start) return
      const length =
        start === 2
          ? short
          : start === 4
            ? this.#bytes.readUInt16BE(2)
            : this.#bytes.readUInt32BE(6)
      if (this.#bytes.length < start + length) return
      const payload = this.#bytes.subarray(start, start + length)
      this.#inbox.add([{ opcode: first & 0x0f, payload }])
      if ((first & 0x0f) === 8) this.sendFrame({ head: CLOSE, payload })
      this.#bytes = this.#bytes.subarray(start + length)
    }
  }
}

/** https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
export function frameBytes({ head, payload = '', announced, mask }: FrameShape): Buffer {
  const content = typeof payload === 'string' ? Buffer.from(payload) : Buffer.from(payload)
  const flag = mask === 'none' ? 0 : 0x80
  const size = announced ?? BigInt(content.length)
  const length = Buffer.alloc(size < 126n ? 1 : size <= 0xffffn ? 3 : 9)
  if (length.length === 9) length.writeBigUInt64BE(size, 1)
  if (length.length === 3) length.writeUInt16BE(Number(size), 1)
  length[0] = flag | (length.length === 1 ? Number(size) : length.length === 3 ? 126 : 127)
  if (mask === 'none') return Buffer.concat([Buffer.of(head), length, content])
  const key = Buffer.of(1, 2, 3, 4)
  const masked = content.map((byte, i) => byte ^ (key[i % 4] ?? 0))
  return Buffer.concat([Buffer.of(head), length, key, masked])
}
