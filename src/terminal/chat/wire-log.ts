import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const MAX_BYTES = 4 * 1024 * 1024

/**
 * Writes down what goes over the wire, for whoever looks for a fault. Secrets are left out. A file that is
 * full becomes `.1`.
 */
export class WireLog {
  readonly #path: string
  readonly #now: () => number
  #bytes: number

  constructor(path: string, now: () => number) {
    this.#path = path
    this.#now = now
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    this.#bytes = sizeOf(path)
  }

  write(side: '<' | '>' | '*', lines: readonly string[]): void {
    const time = new Date(this.#now()).toISOString()
    const text = lines.map((line) => `${time} ${side} ${withoutSecrets(line)}\n`).join('')
    if (this.#bytes > MAX_BYTES) {
      renameSync(this.#path, `${this.#path}.1`)
      this.#bytes = 0
    }
    appendFileSync(this.#path, text, { mode: 0o600 })
    this.#bytes += text.length
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
