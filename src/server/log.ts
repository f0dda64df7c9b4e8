import { pino } from 'pino'
import type { Fields, Log } from '../base/log.ts'
import type { LogLevel, LogSettings } from './settings.ts'
import { standardOutput } from './standard-output.ts'
import type { LineWriter } from './standard-output.ts'

export interface ServerLog extends Log {
  setLevel(level: LogLevel): void
  /**
   * Writes nothing until it is disposed of: somebody else draws on the terminal. Then the newest
   * `HELD_LINES` come, so that none is missing that whoever drew had no time to show.
   */
  hold(): Disposable
  /** Resolves when what is in memory is written, or nobody takes it; call it before the process ends. */
  flush(): Promise<void>
}

export interface LogOutput {
  /** JSON lines if undefined. `colours`: with ANSI colours. */
  readonly text: { readonly colours: boolean } | undefined
  /** Takes whole lines. Undefined: standard output. */
  readonly write?: (lines: string) => void
}

/** What `log.format` comes to on this standard output: `auto` is text with colours on a terminal, JSON elsewhere. */
export function logOutput(format: LogSettings['format'], isTerminal: boolean): LogOutput {
  const isText = format === 'text' || (format === 'auto' && isTerminal)
  return { text: isText ? { colours: isTerminal } : undefined }
}

/**
 * JSON lines have `level`, `time` (ISO 8601, UTC), `event` and the fields. Nobody waits for a log that
 * is not read.
 */
export function createLog(level: LogLevel, output: LogOutput): ServerLog {
  const out: LineWriter =
    output.write === undefined ? standardOutput() : { write: output.write, flush: async () => {} }
  const { text } = output
  let holders = 0
  let held: string[] = []
  let passed = 0
  const write = (line: string): void => {
    if (holders === 0) return out.write(text === undefined ? line : asText(line, text.colours))
    held.push(line)
    if (held.length > HELD_LINES) passed += held.splice(0, held.length - HELD_LINES).length
  }
  const options = {
    level,
    base: null,
    messageKey: 'event',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const logger = pino(options, { write })
  const release = (): void => {
    holders--
    if (holders > 0) return
    if (passed > 0) logger.info({ lines: passed }, 'earlier lines were not written')
    for (const line of held) write(line)
    held = []
    passed = 0
  }
  return {
    debug: (event, fields = {}) => logger.debug(own(fields), event),
    info: (event, fields = {}) => logger.info(own(fields), event),
    warn: (event, fields = {}) => logger.warn(own(fields), event),
    error: (event, fields = {}) => logger.error(own(fields), event),
    setLevel: (next) => {
      logger.level = next
    },
    hold() {
      holders++
      return { [Symbol.dispose]: release }
    },
    flush: out.flush,
  }
}

const HELD_LINES = 50

/** Our own keys of a line are not for fields to overwrite. */
function own(fields: Fields): Fields {
  if (!('level' in fields || 'time' in fields || 'event' in fields)) return fields
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [RESERVED.has(key) ? `${key}_` : key, value]),
  )
}

const RESERVED: ReadonlySet<string> = new Set(['level', 'time', 'event'])

/** `12:03:41.020 warn  slow reader closed  connection=17 queued=1048576` in the time of this place. */
function asText(line: string, colours: boolean): string {
  const { level, time, event, ...fields } = JSON.parse(line) as Record<string, unknown>
  const paint = (code: number, text: string): string =>
    colours ? `\u001B[${code}m${text}\u001B[0m` : text
  const word = String(level)
  const facts = Object.entries(fields).map(
    ([key, value]) => ` ${paint(DIM, `${key}=`)}${shown(value)}`,
  )
  const head = `${paint(DIM, clockTime(String(time)))} ${paint(COLOUR[word] ?? DIM, word.padEnd(5))}`
  return `${head} ${shown(event, /^[^\p{C}]+$/u)}${facts.length > 0 ? ' ' : ''}${facts.join('')}\n`
}

const DIM = 2
const COLOUR: Readonly<Record<string, number>> = { debug: 36, info: 32, warn: 33, error: 31 }

/** What came from a client must not move the cursor or look like another field: in doubt it is quoted. */
function shown(value: unknown, plain = /^[^\p{C}\s"=]+$/u): string {
  const text = String(value)
  if (plain.test(text)) return text
  return JSON.stringify(text).replaceAll(
    /\p{C}/gu,
    (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`,
  )
}

function clockTime(iso: string): string {
  const date = new Date(iso)
  const two = (value: number): string => String(value).padStart(2, '0')
  const millis = String(date.getMilliseconds()).padStart(3, '0')
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${millis}`
}
