import type { LogUpkeep } from '../monitor/log-upkeep.ts'
import { notPossible } from './steering-outcome.ts'

const NO_HISTORY = notPossible('Nothing is kept: history is off')

/** `history = "off"`: there is nothing to look after. */
export const noUpkeep: LogUpkeep = {
  purge: () => Promise.resolve(NO_HISTORY),
  erase: () => Promise.resolve(NO_HISTORY),
  exportHistory: () => NO_HISTORY,
  backUp: () => Promise.resolve(NO_HISTORY),
}
