import type { ConnectionId } from './engine.ts'

/** One row of `Engine.connectionFigures`: where each number stands. */
export const CONNECTION_FIGURES = {
  id: 0,
  linesIn: 1,
  bytesIn: 2,
  bytesOut: 3,
  queuedBytes: 4,
  /** Not a number: it has no budget, be it that there are no limits or that it has sent nothing since it registered. */
  budgetLines: 5,
  /** Not a number likewise. */
  budgetBytes: 6,
  /** 1: it is not read for having used up its budget; else 0. */
  isHeld: 7,
} as const

/** Numbers in a row. */
export const CONNECTION_FIGURES_STRIDE = 8

export interface ConnectionFigures {
  readonly linesIn: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly queuedBytes: number
  /** Cost points; below zero: in debt. */
  readonly budgetLines: number | undefined
  readonly budgetBytes: number | undefined
  readonly isHeld: boolean
}

/** The rows by connection. One may be missing that has just opened, and one be there that has just closed. */
export function readConnectionFigures(
  rows: Float64Array,
): ReadonlyMap<ConnectionId, ConnectionFigures> {
  const read = new Map<ConnectionId, ConnectionFigures>()
  for (let at = 0; at < rows.length; at += CONNECTION_FIGURES_STRIDE) {
    const of = (column: keyof typeof CONNECTION_FIGURES): number =>
      rows[at + CONNECTION_FIGURES[column]] ?? 0
    read.set(of('id'), {
      linesIn: of('linesIn'),
      bytesIn: of('bytesIn'),
      bytesOut: of('bytesOut'),
      queuedBytes: of('queuedBytes'),
      budgetLines: numberOf(of('budgetLines')),
      budgetBytes: numberOf(of('budgetBytes')),
      isHeld: of('isHeld') === 1,
    })
  }
  return read
}

function numberOf(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value
}
