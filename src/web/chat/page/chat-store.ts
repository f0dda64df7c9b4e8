import { applyChanges, type Change } from '../../../client/change.ts'
import type { Model } from '../../../client/model.ts'

/** A page that isn't seen gets no frames of the screen, and has a title and an icon with counts all the same. */
const HIDDEN_MS = 500

/** What the page knows, for React: however much comes in, it is drawn at most once in a frame of the screen. */
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
  const show = (): void => {
    stop = undefined
    shown = newest
    isKnown = true
    for (const listener of listeners) listener()
  }
  const draw = (): void => {
    stop ??= document.hidden ? after(HIDDEN_MS, show) : withFrame(show)
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
