import type { Repeat } from './repeat.ts'

/** Tells of what was alive and is not any more, whoever ended it: this process, another one, or time. */
export interface Endings extends Disposable {
  subscribe(listener: (id: string) => void): Disposable
  /** Compares with what is alive now. Called on its own each second while somebody listens. */
  check(): void
  /** Something was used that another process may have made since the last look. */
  saw(id: string): void
}

const EVERY_MS = 1000

export function createEndings(alive: () => Iterable<string>, repeat: Repeat): Endings {
  const listeners = new Set<(id: string) => void>()
  let known = new Set<string>()
  let timer: Disposable | undefined

  const check = (): void => {
    if (listeners.size === 0) return
    const before = known
    known = new Set(alive())
    const ended = [...before].filter((id) => !known.has(id))
    for (const id of ended) for (const listener of listeners) listener(id)
  }
  const stop = (): void => {
    timer?.[Symbol.dispose]()
    timer = undefined
  }
  return {
    subscribe(listener) {
      // The same function may listen twice.
      const own = (id: string): void => listener(id)
      if (listeners.size === 0) known = new Set(alive())
      listeners.add(own)
      timer ??= repeat(EVERY_MS, check)
      return {
        [Symbol.dispose]() {
          listeners.delete(own)
          if (listeners.size === 0) stop()
        },
      }
    },
    check,
    saw: (id) => void known.add(id),
    [Symbol.dispose]() {
      listeners.clear()
      stop()
    },
  }
}
