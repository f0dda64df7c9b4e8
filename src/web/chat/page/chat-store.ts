import { systemClock } from '../../../base/clock.ts'
import { applyChanges, type Change } from '../../../client/change.ts'
import type { Model } from '../../../client/model.ts'

/** A page that isn't seen gets no frames of the screen, and has a title and an icon with counts all the same. */
const HIDDEN_MS = 500
/** Drawing takes at most one part in so many of the time: the rest is for whoever types and scrolls. */
const PARTS = 6
const LONGEST_REST_MS = 250

/**
 * What the page knows, for React: however much comes in, it is drawn at most once in a frame of the screen, and
 * less often where that takes long.
 */
export interface ChatStore {
  /** Undefined: nobody has come in. */
  readonly model: () => Model | undefined
  /** The worker has said whether somebody is there. */
  readonly isKnown: () => boolean
  readonly apply: (changes: readonly Change[]) => void
  readonly clear: () => void
  readonly subscribe: (listener: () => void) => () => void
  /** Told at once, drawn or not. */
  readonly onApplied: (listener: (before: Model, after: Model) => void) => () => void
}

export function createChatStore(): ChatStore {
  const listeners = new Set<() => void>()
  const hearers = new Set<(before: Model, after: Model) => void>()
  let newest: Model | undefined
  let shown: Model | undefined
  let isKnown = false
  let stop: (() => void) | undefined
  let costMs = 0
  let restUntilMs = 0
  const rest = (fromMs: number): void => {
    restUntilMs = fromMs + Math.min(LONGEST_REST_MS, costMs * PARTS)
  }
  const show = (): void => {
    stop = undefined
    shown = newest
    isKnown = true
    const fromMs = systemClock.monotonic()
    rest(fromMs)
    for (const listener of listeners) listener()
    // When that is laid out and painted.
    setTimeout(() => {
      costMs = systemClock.monotonic() - fromMs
      rest(fromMs)
    })
  }
  const showInFrame = (): void => {
    stop = withFrame(show)
  }
  const draw = (): void => {
    if (stop !== undefined) return
    const restMs = restUntilMs - systemClock.monotonic()
    if (document.hidden) stop = after(HIDDEN_MS, show)
    else if (restMs > 0) stop = after(restMs, showInFrame)
    else showInFrame()
  }
  document.addEventListener('visibilitychange', () => {
    if (stop === undefined) return
    stop()
    stop = undefined
    draw()
  })
  return {
    model: () => shown,
    isKnown: () => isKnown,
    apply(changes) {
      const before = newest
      newest = withChanges(before, changes)
      if (newest === before) return
      if (before !== undefined && newest !== undefined) {
        for (const hear of hearers) hear(before, newest)
      }
      draw()
    },
    clear() {
      newest = undefined
      draw()
    },
    subscribe: (listener) => added(listeners, listener),
    onApplied: (hear) => added(hearers, hear),
  }
}

/** What comes before the snapshot is meant for others. */
function withChanges(model: Model | undefined, changes: readonly Change[]): Model | undefined {
  if (model !== undefined) return applyChanges(model, changes)
  const start = changes.findIndex(({ kind }) => kind === 'snapshot')
  const first = changes[start]
  if (first?.kind !== 'snapshot') return undefined
  return applyChanges(first.model, changes.slice(start + 1))
}

function after(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

function withFrame(run: () => void): () => void {
  const frame = requestAnimationFrame(run)
  return () => cancelAnimationFrame(frame)
}

function added<One>(set: Set<One>, one: One): () => void {
  set.add(one)
  return () => void set.delete(one)
}
