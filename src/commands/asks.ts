import type {
  Page,
  PageQuery,
  SearchQuery,
  TargetRow,
  TargetsQuery,
} from '../state/history-query.ts'
import type { BufferId, StoredEvent } from '../state/record.ts'
import type { AccountAsks } from './account-asks.ts'

/**
 * What a command may ask of others that need their time: it yields `wait` and goes on with the answer.
 * Each may reject; what isn't caught is a bug in the pipeline's eyes.
 */
export interface Asks {
  readonly checkPassword: (hash: string, password: string) => Promise<boolean>
  readonly history: HistoryAsks
  readonly accounts: AccountAsks
}

/** Each sees all that was said before it was asked, whether it is committed yet or not. Rejects when the log can't be read. */
export interface HistoryAsks {
  readonly page: (query: PageQuery) => Promise<Page>
  readonly targets: (query: TargetsQuery) => Promise<readonly TargetRow[]>
  readonly find: (buffer: BufferId, msgid: string) => Promise<StoredEvent | undefined>
  /** Resolves when all that was said before is kept, or refused. */
  readonly settled: () => Promise<void>
  readonly search: (query: SearchQuery) => Promise<readonly StoredEvent[]>
  /** Removes what all of the fields given apply to, for good; how many events that were. */
  readonly purge: (what: PurgeAsk) => Promise<number>
}

/** At least one of the first three. */
export interface PurgeAsk {
  readonly buffer?: BufferId
  readonly person?: string
  /** Folded: whoever was called so when they said it. */
  readonly sourceNick?: string
  /** From here on, included. */
  readonly fromMs?: number
}
