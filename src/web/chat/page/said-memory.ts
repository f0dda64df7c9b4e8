import { forget, keep, kept, namesKept } from '../../shared/page/browser-memory.ts'
import type { Saying } from '../state/saying.ts'

interface Said {
  /** Whose words they are. */
  readonly who: string
  readonly atMs: number
  readonly saying: Saying
}

const PREFIX = 'said.'
/** Who comes back later than this has it looked up by nobody any more. */
const MOST_DAYS_MS = 30 * 86_400_000

/**
 * What was said, until the worker has kept it: a page that goes in that moment takes its worker along. This is
 * written at once, which nothing in the worker is.
 */
export function rememberSaid(name: string, said: Said): void {
  keep(`${PREFIX}${name}`, JSON.stringify(said))
}

export function forgetSaid(name: string): void {
  forget(`${PREFIX}${name}`)
}

/** What somebody said that may never have been heard, oldest first, to be said again. */
export function unheardOf(who: string, nowMs: number): readonly Saying[] {
  const found = namesKept(PREFIX).flatMap((key) => {
    const said = parsed(kept(key))
    if (said === undefined || nowMs - said.atMs > MOST_DAYS_MS) forget(key)
    if (said?.who !== who) return []
    return [{ ...said, name: key.slice(PREFIX.length) }]
  })
  return found
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ saying, name, atMs }) => ({ ...saying, again: { name, atMs } }))
}

function parsed(text: string | undefined): Said | undefined {
  try {
    const { who, atMs, saying } = JSON.parse(text ?? '') as Partial<Said>
    const isRight = typeof who === 'string' && typeof atMs === 'number' && saying?.kind === 'say'
    return isRight ? { who, atMs, saying } : undefined
  } catch {
    return undefined
  }
}
