/** The line of a key, or of the nearest thing around it that has one. */
export type LineOf = (path: readonly (string | number)[]) => number | undefined

/**
 * Finds the lines of the keys of a TOML text that has parsed well; the parser does not say them. Keys
 * are as written. What stands inside a value (a list, an inline table) has the line where the value begins.
 * https://toml.io/en/v1.0.0
 */
export function tomlLines(text: string): LineOf {
  const lines = new Map<string, number>()
  const counts = new Map<string, number>()
  let table: (string | number)[] = []
  for (const { line, head, kind } of statements(text)) {
    const keys = keysOf(head)
    if (kind === 'key') note(lines, [...table, ...keys], line)
    else {
      table = tablePath(keys, counts, kind)
      note(lines, table, line)
    }
  }
  return (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const line = lines.get(mark(path.slice(0, length)))
      if (line !== undefined) return line
    }
    return undefined
  }
}

interface Statement {
  readonly line: number
  /** The key, or what stands between the brackets of a header. */
  readonly head: string
  readonly kind: 'key' | 'table' | 'entry'
}

/** The path of a header, with the number of the entry after each list of tables on the way. */
function tablePath(
  keys: readonly string[],
  counts: Map<string, number>,
  kind: 'table' | 'entry',
): (string | number)[] {
  const path: (string | number)[] = []
  for (const [index, key] of keys.entries()) {
    path.push(key)
    const before = counts.get(mark(path))
    const isNew = kind === 'entry' && index === keys.length - 1
    const count = isNew ? (before ?? -1) + 1 : before
    if (count === undefined) continue
    counts.set(mark(path), count)
    path.push(count)
  }
  return path
}

/** A dotted key names every table on its way, unless that has a line already. */
function note(lines: Map<string, number>, path: readonly (string | number)[], line: number): void {
  for (let length = 1; length <= path.length; length += 1) {
    const key = mark(path.slice(0, length))
    if (!lines.has(key)) lines.set(key, line)
  }
}

function mark(path: readonly (string | number)[]): string {
  return JSON.stringify(path)
}

const SPACE = /[\s\uFEFF]+|#[^\n]*/y
const HEADER = /\[(\[?)((?:"(?:\\.|[^"\\])*"|'[^']*'|[^\]"'])*)\]\]?/y
const KEY = /((?:"(?:\\.|[^"\\])*"|'[^']*'|[^="'\n])*)=/y
/** One piece of a value: a string of any kind, a comment, a bracket, a line end, or anything else. */
const PIECE =
  /"""(?:\\[^]|[^\\])*?"{3,5}|'''[^]*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*|[[{]|[\]}]|\n|[^"'#[\]{}\n]+/y

function* statements(text: string): Generator<Statement> {
  const take = taker(text)
  const lineAt = lineCounter(text)
  for (;;) {
    while (take(SPACE) !== undefined);
    const header = take(HEADER)
    if (header !== undefined) {
      const [, bracket, head = ''] = header
      yield { line: lineAt(header.index), head, kind: bracket === '[' ? 'entry' : 'table' }
      continue
    }
    const key = take(KEY)
    if (key === undefined) return
    yield { line: lineAt(key.index), head: key[1] ?? '', kind: 'key' }
    skipValue(take)
  }
}

type Take = (pattern: RegExp) => RegExpExecArray | undefined

/** Takes what matches next, if it does. */
function taker(text: string): Take {
  let at = 0
  return (pattern) => {
    pattern.lastIndex = at
    const match = pattern.exec(text) ?? undefined
    if (match !== undefined) at = pattern.lastIndex
    return match
  }
}

/** A value ends with its line, but for the line ends inside brackets. */
function skipValue(take: Take): void {
  let depth = 0
  for (;;) {
    const piece = take(PIECE)?.[0]
    if (piece === undefined || (piece === '\n' && depth === 0)) return
    if (piece === '[' || piece === '{') depth += 1
    if (piece === ']' || piece === '}') depth -= 1
  }
}

/** Counts line ends up to offsets that only grow. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1
  let counted = 0
  return (offset) => {
    for (; counted < offset; counted += 1) if (text[counted] === '\n') line += 1
    return line
  }
}

function keysOf(head: string): string[] {
  const parts = head.match(/"(?:\\.|[^"\\])*"|'[^']*'|[\w-]+/g) ?? []
  return parts.map((part) => {
    if (part.startsWith("'")) return part.slice(1, -1)
    return part.startsWith('"') ? unescaped(part) : part
  })
}

/** TOML's escapes are those of JSON and a few that no key of ours has. */
function unescaped(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted.slice(1, -1)
  }
}
