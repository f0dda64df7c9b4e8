import type { HistoryAsks } from '../commands/asks.ts'

/** `history = "off"`: nothing is kept, so there is nothing to be found. */
export const noHistory: HistoryAsks = {
  page: () => Promise.resolve({ kind: 'page', events: [] }),
  targets: () => Promise.resolve([]),
  find: () => Promise.resolve(undefined),
  settled: () => Promise.resolve(),
  search: () => Promise.resolve([]),
  purge: () => Promise.resolve(0),
}
