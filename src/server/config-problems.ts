import type { z } from 'zod'
import { CONFIG_KEYS, isTable, keyName } from './config-keys.ts'
import type { KeyPath } from './config-keys.ts'

/** Something wrong with a value, before it is known where the value came from. */
export interface Problem {
  readonly path: KeyPath
  /** The last key as the file spells it, if that is not snake case. */
  readonly spelling?: string
  /** `expected …, found …`, or another half sentence. */
  readonly text: string
}

/** What the schema found, in our words. `raw` is what it read, for `found …`. */
export function schemaProblems(issues: readonly z.core.$ZodIssue[], raw: unknown): Problem[] {
  const problems = issues.flatMap((issue) => {
    const path = issue.path.filter((part) => typeof part !== 'symbol')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownKey([...path, key]))
    }
    return [{ path, text: `expected ${issue.message}, ${found(path, raw)}` }]
  })
  const seen = new Set<string>()
  return problems.filter(({ path }) => {
    const isNew = !seen.has(keyName(path))
    seen.add(keyName(path))
    return isNew
  })
}

/** A key that is not even snake case; `path` has it as the file spells it. */
export function strangeKey(path: KeyPath): Problem {
  return { ...unknownKey(path), spelling: String(path.at(-1)) }
}

/** The path as the file spells it. */
export function writtenPath({ path, spelling }: Problem): KeyPath {
  const written = path.map((part) => (typeof part === 'number' ? part : keyName([part])))
  return spelling === undefined ? written : [...written.slice(0, -1), spelling]
}

function unknownKey(path: KeyPath): Problem {
  const near = nearestKey(keyName(path))
  const advice = near === undefined ? '' : `; did you mean ${near}?`
  return { path, text: `there is no such key${advice}` }
}

/** The known key or table that was probably meant: one that reads alike, or the same word in another table. */
function nearestKey(name: string): string | undefined {
  return nearest(name.replaceAll(/\[\d+\]/g, '[]'), KNOWN_NAMES)
}

/** The candidate with the fewest letters to change, if these are few. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const leaf = lastPart(word)
  let best: string | undefined
  let least = Math.max(1, Math.floor(leaf.length / 3)) + 0.5
  for (const candidate of candidates) {
    const sibling = candidate.slice(0, -lastPart(candidate).length) === word.slice(0, -leaf.length)
    const distance = editDistance(leaf, lastPart(candidate)) + (sibling ? 0 : 0.25)
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

const KNOWN_NAMES: readonly string[] = [
  ...new Set(CONFIG_KEYS.flatMap(({ name }) => [name, ...tablesAround(name)])),
]

function tablesAround(name: string): string[] {
  const parts = name.split('.')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'))
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

function found(path: KeyPath, raw: unknown): string {
  const value = path.reduce<unknown>(
    (node, part) => (isTable(node) || Array.isArray(node) ? Reflect.get(node, part) : undefined),
    raw,
  )
  if (value === undefined) return 'found nothing'
  // A password, even a broken one, does not belong in a log.
  if (path.includes('password')) return 'found something else'
  return `found ${shown(value)}`
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (isTable(value)) return 'a table'
  if (value instanceof Date) return 'a date'
  if (typeof value === 'bigint') return value.toString()
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text
}

/** Levenshtein's distance. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (const [i, letter] of Array.from(left).entries()) {
    const next = [i + 1]
    for (const [j, other] of Array.from(right).entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
