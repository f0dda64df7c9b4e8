import { applyChanges, type Change } from '../../../client/change.ts'
import type { Model } from '../../../client/model.ts'
import { createDrawSchedule } from './draw-schedule.ts'

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
  /** Runs it when all that was applied is shown, which is soon: somebody waits for it. */
  readonly onceShown: (run: () => void) => void
  readonly subscribe: (listener: () => void) => () => void
  /** Told at once, drawn or not. */
  readonly onApplied: (listener: (before: Model, after: Model) => void) => () => void
}

export function createChatStore(): ChatStore {
  const listeners = new Set<() => void>()
  const hearers = new Set<(before: Model, after: Model) => void>()
  const waiting: (() => void)[] = []
  let newest: Model | undefined
  let shown: Model | undefined
  let isKnown = false
  const schedule = createDrawSchedule(() => {
    shown = newest
    isKnown = true
    for (const listener of listeners) listener()
    for (const run of waiting.splice(0)) run()
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
      schedule.draw()
    },
    clear() {
      newest = undefined
      schedule.draw()
    },
    onceShown(run) {
      if (newest === shown) return run()
      waiting.push(run)
      schedule.drawSoon()
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

function added<One>(set: Set<One>, one: One): () => void {
  set.add(one)
  return () => void set.delete(one)
}
