import type { BufferId, StoredEvent } from '../state/record.ts'
import type { Store } from './store.ts'

export interface MaintainedStore extends Store {
  readonly upkeep: StoreUpkeep
}

/**
 * What an operator does with a log. Only the store that writes can change anything; reading works in both.
 * Changes are made in slices: other commits come between them, and a stop in the middle leaves a part of the
 * work done, which goes on when it is asked for again.
 */
export interface StoreUpkeep {
  /** Removes what is older or more than what is to be kept, and gives the room back. Returns how many events went. */
  retain(rule: Retention, perBuffer?: ReadonlyMap<BufferId, BufferRetention>): Promise<number>
  /** Removes the events that all of the fields given apply to; of none given, nothing. Returns how many. */
  purge(what: Purge): Promise<number>
  /**
   * Everything that this person did loses its content and its name; the places stay, so that nobody's paging
   * breaks. What others said of them, and their account's own keys in `kept`, is not touched. Returns how many
   * events were theirs.
   */
  erasePerson(person: string): Promise<number>
  /** In the order of the buffer; redacted ones too. */
  exportBuffer(buffer: BufferId): AsyncIterable<StoredEvent>
  /** What this person did, in the order in which it was kept. */
  exportPerson(person: string): AsyncIterable<StoredEvent>
  /**
   * Writes a copy of the whole log to `file`, which must not be there, while the log goes on; what it holds is
   * verified. PostgreSQL has its own tools: there it rejects, and says so.
   */
  backup(file: string): Promise<Verified>
  /** Reads a copy that `backup` made, whole. Rejects with the reason when it is not a good one. */
  verify(file: string): Promise<Verified>
}

/** What is kept; a field that is absent sets no limit. `perBuffer` has its own in place of these. */
export interface Retention extends BufferRetention {
  /** Of the whole log. The oldest events go first. */
  readonly bytes?: number
}

export interface BufferRetention {
  readonly days?: number
  /** The newest PRIVMSGs and NOTICEs of a buffer, with all that happened since the first of them. */
  readonly messages?: number
}

export interface Purge {
  readonly buffer?: BufferId
  readonly person?: string
  /** The nick of the source, folded. */
  readonly sourceNick?: string
  /** From here, included. */
  readonly fromMs?: number
  /** To here, excluded. */
  readonly toMs?: number
}

export interface Verified {
  readonly events: number
  readonly buffers: number
}
