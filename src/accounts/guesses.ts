import { failureWaitMs } from '../base/failure-counts.ts'
import { dropOld } from '../base/least-recent.ts'

/**
 * Who guessed at what, and how long the next guess has to wait: five are free, then the wait doubles up
 * to five minutes, and within five minutes there are never more than ten. Each guess is forgotten after
 * an hour.
 */
export interface Guesses {
  /** How long the next guess at this key has to wait. */
  waitMs(key: string, nowMs: number): number
  /** `by`: what else is known of the guess, for `forgive`. Returns what takes it back. */
  add(key: string, by: string, nowMs: number): () => void
  /** Forgets the guesses at this key that were made `by`. */
  forgive(key: string, by: string): void
  readonly size: number
}

interface Guess {
  readonly by: string
  readonly atMs: number
}

/** No more than so many within so long. */
const WINDOW_GUESSES = 10
const WINDOW_MS = 300_000
const FORGET_MS = 3_600_000
/** With so many the wait is as long as it gets: more need not be remembered. */
const KEPT_GUESSES = 13
/** What an attacker with many addresses, or names, can make the server remember. */
const MOST_KEYS = 10_000

export function createGuesses(): Guesses {
  /** Oldest guess first, in the lists and, by their newest, among them. */
  const byKey = new Map<string, readonly Guess[]>()

  function keep(key: string, guesses: readonly Guess[]): void {
    if (guesses.length === 0) byKey.delete(key)
    else byKey.set(key, guesses)
  }

  function recent(key: string, nowMs: number): readonly Guess[] {
    return (byKey.get(key) ?? []).filter(({ atMs }) => nowMs - atMs < FORGET_MS)
  }

  return {
    waitMs(key, nowMs) {
      const guesses = recent(key, nowMs)
      return Math.max(backoffMs(guesses, nowMs), windowMs(guesses, nowMs))
    },
    add(key, by, nowMs) {
      const guess = { by, atMs: nowMs }
      const guesses = [...recent(key, nowMs), guess].slice(-KEPT_GUESSES)
      // Taken out first, so that it becomes the most recent.
      byKey.delete(key)
      byKey.set(key, guesses)
      dropOld(byKey, MOST_KEYS, (kept) => nowMs - (kept.at(-1)?.atMs ?? 0) >= FORGET_MS)
      return () =>
        keep(
          key,
          (byKey.get(key) ?? []).filter((other) => other !== guess),
        )
    },
    forgive(key, by) {
      keep(
        key,
        (byKey.get(key) ?? []).filter((guess) => guess.by !== by),
      )
    },
    get size() {
      return byKey.size
    },
  }
}

function backoffMs(guesses: readonly Guess[], nowMs: number): number {
  const last = guesses.at(-1)
  return last === undefined ? 0 : left(failureWaitMs(guesses.length), last, nowMs)
}

function windowMs(guesses: readonly Guess[], nowMs: number): number {
  const oldest = guesses.at(-WINDOW_GUESSES)
  return oldest === undefined ? 0 : left(WINDOW_MS, oldest, nowMs)
}

/** A clock that was set back makes nobody wait longer than the rule says. */
function left(waitMs: number, { atMs }: Guess, nowMs: number): number {
  return Math.min(waitMs, Math.max(0, atMs + waitMs - nowMs))
}
