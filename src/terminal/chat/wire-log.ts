import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Clock } from '../../base/clock.ts'

const MAX_BYTES = 4 * 1024 * 1024

/**
 * Writes down what goes over the wire, for whoever looks for a fault. Secrets are left out. A file that is
 * full becomes `.1`; after a failure, which is told once, no more is written.
 */
export class WireLog {
  readonly #path: string
  readonly #clock: Pick<Clock, 'now'>
  readonly #onFailure: (error: unknown) => void
  #bytes: number
  #hasFailed = false

  constructor(path: string, clock: Pick<Clock, 'now'>, onFailure: (error: unknown) => void) {
    this.#path = path
    this.#clock = clock
    this.#onFailure = onFailure
    this.#bytes = sizeOf(path)
  }

  write(side: '<' | '>' | '*', lines: readonly string[]): void {
    if (this.#hasFailed) return
    const time = new Date(this.#clock.now()).toISOString()
    try {
      this.#append(lines.map((line) => `${time} ${side} ${withoutSecrets(line)}\n`).join(''))
    } catch (error) {
      this.#hasFailed = true
      this.#onFailure(error)
    }
  }

  #append(text: string): void {
    if (this.#bytes > MAX_BYTES) {
      renameSync(this.#path, `${this.#path}.1`)
      this.#bytes = 0
    }
    if (this.#bytes === 0) mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
    appendFileSync(this.#path, text, { mode: 0o600 })
    this.#bytes += Buffer.byteLength(text)
  }
}

const SECRET = /^(@\S+ )?(:\S+ )?(PASS|AUTHENTICATE|OPER|REGISTER|VERIFY)\b.*$/i
const TO_SERVICE = /^(@\S+ )?(:\S+ )?(PRIVMSG|NOTICE|NS|NICKSERV) (NickServ )?.*$/i

/** What is said to NickServ may be a password, too. */
export function withoutSecrets(line: string): string {
  if (SECRET.test(line)) return line.replace(SECRET, '$1$2$3 ***')
  const isToService = /^(?:@\S+ )?(?::\S+ )?(?:(?:PRIVMSG|NOTICE) NickServ\b|NS\b|NICKSERV\b)/i
  return isToService.test(line) ? line.replace(TO_SERVICE, '$1$2$3 $4***') : line
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
