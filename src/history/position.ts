import type { Followed } from './store.ts'

/** Where somebody who follows the changes is. */
export interface Position {
  /** Of the last change that they know. */
  readonly id: number
  /** What the newest change was when they began: of what had gone before it they never heard. */
  readonly since: number
}

/** What a log knows of its changes. */
export interface KnownChanges {
  readonly identity: string
  /** What has gone before this id is forgotten. */
  readonly goneSince: number
  readonly lastId: number
}

/** As text: `<identity>:<id>:<since>`. */
export function formatPosition({ id, since }: Position, { identity }: KnownChanges): string {
  return `${identity}:${id}:${since}`
}

/** Undefined: the log can't tell what has changed since. An empty text begins. */
export function parsePosition(text: string, known: KnownChanges): Position | undefined {
  if (text === '') return { id: 0, since: known.lastId }
  const [identity, ...numbers] = text.split(':')
  const [id = Number.NaN, since = Number.NaN] = numbers.map(Number)
  if (identity !== known.identity || !Number.isSafeInteger(id + since)) return undefined
  const isKnown = id <= known.lastId && Math.max(id, since) >= known.goneSince
  return isKnown ? { id, since } : undefined
}

export const FORGOTTEN: Followed = { forgotten: true, position: '', changes: [] }
