import { bodyRows } from './app-state.ts'
import type { AppState, Step } from './app-state.ts'
import type { LogItem } from './dashboard-state.ts'
import { logWords } from './log-line.ts'

/** The lines of the log that fit the filter, as far as they are shown at the moment: all, or up to the pause. */
export function shownLog({ data, log, say }: AppState): readonly LogItem[] {
  const { pausedAt } = log
  const upTo = pausedAt === undefined ? data.log : data.log.filter(({ key }) => key <= pausedAt)
  const words = log.filter.toLowerCase().split(' ').filter(Boolean)
  if (words.length === 0) return upTo
  return upTo.filter((item) => {
    const text = logWords(item, say).toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

export function pauseLog(state: AppState): AppState {
  if (state.log.pausedAt !== undefined) return following(state)
  return { ...state, log: { ...state.log, pausedAt: state.data.log.at(-1)?.key ?? -1 } }
}

/** Going up stops the log; the end lets it go on. */
export function logStep(state: AppState, by: Step | number): AppState {
  if (state.screen !== 'log') return state
  if (by === 'end') return following(state)
  const page = bodyRows(state)
  const highest = Math.max(0, shownLog(state).length - page)
  const scroll = Math.min(highest, Math.max(0, state.log.scroll - lines(by, page)))
  if (scroll === state.log.scroll) return state
  const paused = state.log.pausedAt === undefined ? pauseLog(state) : state
  return { ...paused, log: { ...paused.log, scroll } }
}

function following(state: AppState): AppState {
  return { ...state, log: { ...state.log, pausedAt: undefined, scroll: 0 } }
}

/** How far down. */
function lines(by: Exclude<Step, 'end'> | number, page: number): number {
  if (typeof by === 'number') return by
  return { up: -1, down: 1, pageUp: -page, pageDown: page, home: Number.NEGATIVE_INFINITY }[by]
}
