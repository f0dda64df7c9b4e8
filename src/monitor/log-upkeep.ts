import type { Actor, Outcome } from './steering.ts'

/** What is to be removed: all that the fields given apply to. At least one of `room`, `account` and `nick`. */
export interface PurgeOrder {
  readonly room?: string
  readonly account?: string
  /** Whoever was called so when they said it. */
  readonly nick?: string
  /** From here, included. */
  readonly fromMs?: number
  /** To here, excluded. */
  readonly toMs?: number
  readonly reason: string
}

export type ExportOrder = { readonly room: string } | { readonly account: string }

/** `events`: how many it concerned. */
export type UpkeepOutcome =
  | { readonly done: true; readonly target: string; readonly events: number }
  | Extract<Outcome, { done: false }>

export type Exporting =
  /** JSON, one event a line; nothing is read before it is asked for. */
  | { readonly done: true; readonly target: string; readonly lines: AsyncIterable<string> }
  | Extract<Outcome, { done: false }>

/**
 * What operators may do to what is kept. The server implements it; whoever calls it has checked the right
 * and writes the audit.
 */
export interface LogUpkeep {
  /** Removes events; nobody finds them any more. */
  purge(order: PurgeOrder, by: Actor): Promise<UpkeepOutcome>
  /** All that an account did loses its content and its name. */
  erase(account: string, by: Actor): Promise<UpkeepOutcome>
  /** What was said in a room, or what an account did. */
  exportHistory(what: ExportOrder, by: Actor): Exporting
  /** A copy of the log in the data folder's `backups`, verified. */
  backUp(file: string, by: Actor): Promise<UpkeepOutcome>
}

/** What is to be purged, in words: for the audit. */
export function purgeTarget({
  room,
  account,
  nick,
  fromMs,
  toMs,
}: Omit<PurgeOrder, 'reason'>): string {
  const whose = [
    account === undefined ? [] : `account ${account}`,
    nick === undefined ? [] : `nick ${nick}`,
    room ?? [],
  ]
  const when = [
    fromMs === undefined ? [] : `from ${timeText(fromMs)}`,
    toMs === undefined ? [] : `to ${timeText(toMs)}`,
  ]
  return [whose.flat().join(' in '), ...when.flat()].join(' ')
}

function timeText(ms: number): string {
  return new Date(ms).toISOString()
}
