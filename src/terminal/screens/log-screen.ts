import { bodyRows } from '../app-state.ts'
import type { AppState } from '../app-state.ts'
import { dim, plain } from '../line.ts'
import type { Line } from '../line.ts'
import { logLine } from '../log-line.ts'
import { shownLog } from '../log-place.ts'

/** All that happens, the newest at the bottom. */
export function logLines(state: AppState): Line[] {
  const { log, say } = state
  const all = shownLog(state)
  if (all.length === 0) {
    return [[dim(` ${say(log.filter === '' ? 'nothingYet' : 'nothingFits')}`)]]
  }
  const end = Math.max(0, all.length - log.scroll)
  const shown = all.slice(Math.max(0, end - bodyRows(state)), end)
  return shown.map((item) => [plain(' '), ...logLine(item, say)])
}
