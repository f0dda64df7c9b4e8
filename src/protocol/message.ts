import { parseTags, type Tags } from './tags.ts'
import { skipSpaces, wordEnd } from './words.ts'

/** One parsed line. https://modern.ircdocs.horse/#message-format */
export interface Message {
  readonly tags: Tags | undefined
  readonly source: string | undefined
  /** Upper case. */
  readonly command: string
  readonly params: readonly string[]
}

const COLON = 0x3a
const AT = 0x40

/**
 * Parses a line without its line end. `undefined` for one without a command, which the protocol says
 * to ignore.
 */
export function parseMessage(line: string): Message | undefined {
  let at = skipSpaces(line, 0)
  let tags: Tags | undefined
  let source: string | undefined
  if (line.charCodeAt(at) === AT) {
    const end = wordEnd(line, at)
    tags = parseTags(line.slice(at + 1, end))
    at = skipSpaces(line, end)
  }
  if (line.charCodeAt(at) === COLON) {
    const end = wordEnd(line, at)
    source = line.slice(at + 1, end)
    at = skipSpaces(line, end)
  }
  const end = wordEnd(line, at)
  if (end === at) return undefined
  const command = line.slice(at, end).toUpperCase()
  const params = parseParams(line, end)
  return { tags, source, command, params }
}

function parseParams(line: string, from: number): string[] {
  const params: string[] = []
  let at = skipSpaces(line, from)
  while (at < line.length) {
    if (line.charCodeAt(at) === COLON) {
      params.push(line.slice(at + 1))
      return params
    }
    const end = wordEnd(line, at)
    params.push(line.slice(at, end))
    at = skipSpaces(line, end)
  }
  return params
}

/** Where what people wrote stands: it always gets its colon, as simple clients expect. */
const TEXT_AT: ReadonlyMap<string, number> = new Map([
  ['PRIVMSG', 1],
  ['NOTICE', 1],
  ['TOPIC', 1],
  ['PART', 1],
  ['KICK', 2],
  ['REDACT', 2],
  ['QUIT', 0],
  ['AWAY', 0],
  ['ERROR', 0],
  ['WALLOPS', 0],
  ['SETNAME', 0],
  ['332', 2],
  ['372', 1],
])

// oxlint-disable-next-line no-control-regex -- these are the three bytes that would end a line early
const LINE_BREAKER = /[\0\r\n]/

/**
 * A line without tags and line end. The one place where lines are made: nothing that goes in can come
 * out as two lines, and no parameter can become two. A middle parameter that can't be one (empty, with
 * a space, or starting with a colon) is shown as `*`. NUL, CR or LF is a bug of the caller: it throws.
 */
export function formatMessage(
  source: string | undefined,
  command: string,
  params: readonly string[],
): string {
  let line = source === undefined ? command : `:${source} ${command}`
  const last = params.length - 1
  for (let i = 0; i < last; i++) line += ` ${middle(params[i] ?? '')}`
  const trailing = params[last]
  if (trailing !== undefined) {
    const isText = last === TEXT_AT.get(command)
    line += isText || needsColon(trailing) ? ` :${trailing}` : ` ${trailing}`
  }
  if (LINE_BREAKER.test(line)) throw new Error(`a line break inside of ${command}`)
  return line
}

function middle(param: string): string {
  return needsColon(param) ? '*' : param
}

function needsColon(param: string): boolean {
  return param.length === 0 || param.charCodeAt(0) === COLON || param.includes(' ')
}
