import type { Page, PageQuery, TargetRow, TargetsQuery } from '../state/history-query.ts'
import type { Buffer, BufferId, KeptTable, LogRecord, StoredEvent } from '../state/record.ts'

/**
 * A place where the log is kept. `test/contract/store.ts` holds every implementation to what is said
 * here. One store writes; others may read at the same time, and see whole commits only.
 */
export interface Store extends AsyncDisposable {
  /** What is kept and where every buffer stands, for the start. */
  load(): Promise<Loaded>
  /**
   * All of `records`, in order, or none. When it resolves they are as safe as the durability says.
   * Rejects with `CommitRefused`, and has then kept none of them; the store may be used on.
   */
  commit(records: readonly LogRecord[]): Promise<void>
  page(query: PageQuery): Promise<Page>
  targets(query: TargetsQuery): Promise<readonly TargetRow[]>
  /** The event of this msgid in the buffer, redacted ones too. */
  find(buffer: BufferId, msgid: string): Promise<StoredEvent | undefined>
  /** At most `limit` changes of all buffers after `position` (empty: from the start), in the order of their commits: for an index. */
  follow(position: string, limit: number): Promise<Followed>
  figures(): Promise<StoreFigures>
}

export interface Loaded {
  readonly buffers: readonly BufferState[]
  /** The newest `value` of each key. */
  readonly kept: readonly {
    readonly table: KeptTable
    readonly key: string
    readonly value: string
  }[]
  /** Kept, and not as it was written: it must not be used, nor be taken for forgotten. */
  readonly damaged: readonly { readonly table: KeptTable; readonly key: string }[]
  /** What clients called the messages of the last 24 h, oldest first. */
  readonly sent: readonly {
    readonly person: string
    readonly clientMsgid: string
    readonly msgid: string
    readonly timeMs: number
    readonly digest: string
  }[]
}

export interface BufferState extends Buffer {
  /** Of its last event; 0 when it has none. */
  readonly lastSeq: number
  readonly lastTimeMs: number
}

/** `change: 'gone'`: the event was redacted or removed, and must leave the index. */
export interface Followed {
  /**
   * The store can't say any more what has gone since `position`, or it is another store's: what was
   * made of the changes so far has to be made anew, from an empty position. `changes` is empty.
   */
  readonly forgotten?: true
  /** The `position` of the next asking. Opaque. */
  readonly position: string
  readonly changes: readonly {
    readonly change: 'added' | 'gone'
    readonly buffer: BufferId
    readonly seq: number
    /** Absent when it is gone. */
    readonly event?: StoredEvent
  }[]
}

export interface StoreFigures {
  /** Of everything on disk, temporary files included. */
  readonly bytes: number
  /** Events; may be an estimate. */
  readonly events: number
  /** Rows whose checksum was found wrong since the store was opened; they are left out of every answer. */
  readonly damaged: number
}

/** What went wrong without a refusal: for the log. */
export interface StoreTrouble {
  readonly kind: 'damagedRow' | 'checkpoint' | 'reopened' | 'reconnected'
  /** Fit to be shown to an operator. */
  readonly text: string
}

/** `strict`: a commit is on the disk. `relaxed`: it survives the end of the process, not a power cut. */
export type Durability = 'strict' | 'relaxed'

/** Nothing of the commit is kept. `reason` is fit to be shown to an operator. */
export class CommitRefused extends Error {
  /** What lies behind it: the cause may go away by itself (full, busy), or the storage has failed under us (failed). */
  readonly why: 'full' | 'busy' | 'failed' | 'readOnly'

  constructor(why: CommitRefused['why'], reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'CommitRefused'
    this.why = why
  }
}
