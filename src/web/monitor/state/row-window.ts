/** Rows of a table, counted from 0; `end` is not among them. */
export interface RowWindow {
  readonly from: number
  readonly count: number
}

/** What is asked of the server at once; it gives no more than 500. */
export const MAX_ROWS_ASKED = 300

const PAGE = 25

/**
 * Which rows to ask the server for so that those from `first` to `last` are there, with some around them to
 * scroll into. Goes in pages, so that a scroll by a few rows asks for nothing new. At most `most` rows.
 */
export function rowWindow(first: number, last: number, most: number): RowWindow {
  const from = Math.max(0, Math.floor(first / PAGE) - 1) * PAGE
  const end = (Math.ceil((last + 1) / PAGE) + 1) * PAGE
  return { from, count: Math.min(most, end - from) }
}
