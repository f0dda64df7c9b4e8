import type { Came } from './feed.ts'

/** What a table of the monitor shows: the rows that were asked for, of all that fit the filter. */
export type View =
  | ({ readonly of: 'connections'; readonly rows: readonly ConnectionRow[] } & Window)
  | ({ readonly of: 'rooms'; readonly rows: readonly RoomRow[] } & Window)
  | ({ readonly of: 'bans'; readonly rows: readonly BanRow[] } & Window)

export interface Window {
  /** All there are. */
  readonly total: number
  /** Those that fit the filter. */
  readonly matching: number
  /** Index of the first row among the matching ones. */
  readonly from: number
}

/** Sent by a reader of the WebSocket feed. `undefined` values are absent. */
export interface ViewQuery {
  readonly of: View['of']
  /** Of the connections only those of people, who have registered. */
  readonly registered?: true
  /** Words that a row must all contain, in any of its texts; letter case is ignored. */
  readonly filter?: string
  /** Name of a row's field. */
  readonly sort?: string
  readonly descending?: true
  readonly from?: number
  /** At most `MAX_ROWS`. */
  readonly count?: number
}

/** What a reader of the WebSocket feed may send. `resume` only as the first; without it comes a snapshot. */
export type FeedRequest =
  | { readonly type: 'resume'; readonly epoch: string; readonly seq: number }
  /** Replaces what was watched before. */
  | { readonly type: 'watch'; readonly query: ViewQuery }
  | { readonly type: 'unwatch' }

export const MAX_ROWS = 500

export interface ConnectionRow extends Came {
  readonly connectedAtMs: number
  readonly isRegistered: boolean
  readonly userName?: string
  readonly realName?: string
  /** What other people see. */
  readonly host: string
  readonly gateway?: string
  /** User modes, without `+`. */
  readonly modes: string
  readonly operator?: string
  readonly away?: string
  readonly isSilenced: boolean
  readonly rooms: readonly string[]
  readonly idleMs: number
  readonly linesIn: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly linesInPerSecond: number
  readonly bytesOutPerSecond: number
  readonly queuedBytes: number
  /** What is left of its budget: lines and bytes that it may send at once. Absent with limits off. */
  readonly budgetLines?: number
  readonly budgetBytes?: number
  readonly isHeld: boolean
}

export interface RoomRow {
  readonly name: string
  readonly members: number
  readonly topic?: string
  /** Without `+`, without parameters (a key is a secret). */
  readonly modes: string
  readonly founder?: string
  readonly createdAtMs: number
  readonly messages: number
  readonly messagesPerSecond: number
  readonly lastMessageAtMs?: number
}

export interface RoomMember {
  readonly nick: string
  readonly connection: number
  /** Prefixes, highest first: `~&@%+`. */
  readonly ranks: string
  readonly joinedAtMs: number
}

export interface BanRow {
  /** Names it in the API. */
  readonly id: string
  /** `kline`: user@host. `dline`: a network. `mute`: user@host that may not speak. */
  readonly kind: 'kline' | 'dline' | 'mute'
  readonly mask: string
  readonly reason: string
  readonly setBy: string
  readonly setAtMs: number
  /** Absent: for ever. */
  readonly expiresAtMs?: number
}
