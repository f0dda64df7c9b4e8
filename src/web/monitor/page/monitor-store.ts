import {
  NOTHING_KNOWN,
  reduce,
  type MonitorAction,
  type MonitorState,
} from '../state/monitor-state.ts'

/** What the page knows, for React: however much comes in, it is drawn at most once in a frame of the screen. */
export interface MonitorStore {
  readonly state: () => MonitorState
  readonly dispatch: (action: MonitorAction) => void
  readonly subscribe: (listener: () => void) => () => void
}

export function createMonitorStore(): MonitorStore {
  const listeners = new Set<() => void>()
  let newest = NOTHING_KNOWN
  let shown = NOTHING_KNOWN
  let frame: number | undefined
  const show = (): void => {
    frame = undefined
    shown = newest
    for (const listener of listeners) listener()
  }
  return {
    state: () => shown,
    dispatch(action) {
      newest = reduce(newest, action)
      frame ??= requestAnimationFrame(show)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
