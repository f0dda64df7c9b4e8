import type { Message } from '../../src/protocol/message.ts'
import type { Attempt, Stay } from './history-checker.ts'
import { joinRooms, type Member } from './history-checker-member.ts'

export interface TalkerParts {
  readonly nick: string
  /** In lower case; it says something in each of them in turn. */
  readonly rooms: readonly string[]
  /** So many messages may be without an answer. */
  readonly window: number
  /** Whether it sends again, under the name that it gave it, what had no answer when it was cut off. */
  readonly resends: 'never' | 'always'
  /** At most so many characters of text; 200 if not said. */
  readonly length?: number
}

/** Its attempts may be sent more than once; `fate` is the newest that it knows. */
type Sending = { -readonly [Key in keyof Attempt]: Attempt[Key] } & {
  readonly echoes: { msgid: string; time: string }[]
}

/** Who was refused isn't heard any sooner by shouting. */
const REFUSED_REST_MS = 50

/**
 * Says one thing after the other, over as many connections as it takes, and keeps account of what became
 * of each.
 */
export class Talker {
  readonly nick: string
  readonly #parts: TalkerParts
  readonly #attempts: Sending[] = []
  /** Without an answer on this connection. */
  readonly #open = new Map<number, Sending>()
  readonly #stays: Stay[] = []
  #member: Member | undefined
  #isTalking = false
  #answered: () => void = () => {}

  constructor(parts: TalkerParts) {
    this.#parts = parts
    this.nick = parts.nick
  }

  get attempts(): readonly Attempt[] {
    return this.#attempts
  }

  get stays(): readonly Stay[] {
    return this.#stays
  }

  get openCount(): number {
    return this.#open.size
  }

  /**
   * Comes in, and says again what it has to; resolves when that is answered. Rejects when the connection
   * ends before.
   */
  async join(port: number): Promise<void> {
    const { nick, rooms, resends } = this.#parts
    this.#open.clear()
    // What is answered of old things has its place in the past, not in what is seen now.
    let isLive = false
    const hear = (message: Message): boolean => this.#hear(message) && !isLive
    const member = await joinRooms({ port, nick, rooms, hear })
    this.#member = member
    void member.gone.then(() => this.#answered())
    if (resends === 'always') {
      for (const attempt of this.#attempts) {
        if (attempt.fate !== 'acknowledged') this.#send(attempt)
      }
      await this.rest()
      // From here on it sees everything; what it saw among the answers is left out.
      for (const { shown } of member.stays) (shown as unknown[]).length = 0
    }
    isLive = true
    this.#stays.push(...member.stays)
  }

  /** Goes on without an end. */
  talk(): void {
    this.#isTalking = true
    this.#fill()
  }

  /** Says nothing more; resolves when all is answered, or the connection has ended. */
  async rest(): Promise<void> {
    this.#isTalking = false
    while (this.#open.size > 0 && this.#member?.isGone() === false) {
      await new Promise<void>((resolve) => (this.#answered = resolve))
    }
  }

  leave(): void {
    this.#isTalking = false
    this.#member?.leave()
  }

  get gone(): Promise<void> {
    return this.#member?.gone ?? Promise.resolve()
  }

  #fill(): void {
    while (this.#isTalking && this.#open.size < this.#parts.window) this.#sayMore()
  }

  #sayMore(): void {
    const { nick, rooms, length = 200 } = this.#parts
    const n = this.#attempts.length + 1
    const room = rooms[n % rooms.length] ?? ''
    const text = `<${nick}-${n}>${'x'.repeat((n * 7919) % (length - 30))}`
    const attempt: Sending = { producer: nick, n, room, text, fate: 'unknown', echoes: [] }
    this.#attempts.push(attempt)
    this.#send(attempt)
  }

  #send(attempt: Sending): void {
    const { n, room, text } = attempt
    attempt.fate = 'unknown'
    this.#open.set(n, attempt)
    const name =
      this.#parts.resends === 'always' ? `;maru.chat/client-msgid=${this.#nameOf(n)}` : ''
    this.#member?.send(`@label=${n}${name} PRIVMSG ${room} :${text}`)
  }

  /** Of 16 characters at least, and never that of another talker. */
  #nameOf(n: number): string {
    return `${this.nick}-${String(n).padStart(16, '0')}`
  }

  /** Whether it is an answer to something that was sent. */
  #hear({ tags, command, params }: Message): boolean {
    const attempt = this.#open.get(Number(tags?.get('label')))
    if (attempt === undefined) return false
    if (command === 'PRIVMSG') {
      attempt.fate = 'acknowledged'
      attempt.echoes.push({ msgid: tags?.get('msgid') ?? '', time: tags?.get('time') ?? '' })
    } else if (command === 'FAIL' && params[1] === 'TEMPORARILY_UNAVAILABLE') {
      attempt.fate = 'refused'
    } else {
      throw new Error(`an answer that should not be: ${command} ${params.join(' ')}`)
    }
    this.#open.delete(attempt.n)
    this.#answered()
    if (attempt.fate === 'acknowledged') this.#fill()
    else setTimeout(() => this.#fill(), REFUSED_REST_MS)
    return true
  }
}
