import { errorText } from '../base/error-text.ts'
import { createHistogram, record } from '../base/histogram.ts'
import { takeSparse, type SparseHistogram } from '../base/sparse-histogram.ts'
import type { LogRecord } from '../state/record.ts'
import { RecordBatch, type PackedRecords } from './record-batch.ts'
import { CommitRefused } from './store.ts'

/** After a refusal, what is owed is tried again so often when nobody says anything. */
const RETRY_MS = 1000
/**
 * What a commit has released makes people speak: the next one waits for so many turns, which take no time when
 * there is nothing to do in them, and takes them along. Twice the records in half the commits.
 */
const GATHERING_TURNS = 4
/** With so many records waiting for the store, nobody may say more. */
const MOST_WAITING = 50_000
/** More is not owed: then history has a gap, and says so. */
const MOST_OWED = 200_000

export interface LogHooks {
  /** Resolves when all of it is kept; rejects when nothing is. */
  readonly commit: (records: PackedRecords) => Promise<void>
  /** Batches are settled in order, each once. */
  readonly committed: (batch: number, records: number) => void
  readonly refused: (batch: number, why: CommitRefused) => void
  /** Monotonic, milliseconds. */
  readonly nowMs: () => number
}

export interface LogFigures {
  readonly commits: number
  readonly refusals: number
  readonly records: number
  /** Of the last commit. */
  readonly batchSize: number
  /** Records that wait to be committed. */
  readonly waiting: number
  /** State that was shown although the log had refused it, and is tried again. */
  readonly owed: number
  /** Records given up, in all. */
  readonly lost: number
  /** From the first record of a batch to its commit. Since the last asking. */
  readonly latency: SparseHistogram | undefined
  /** Why the last commit was refused; undefined when it wasn't. */
  readonly refusal: string | undefined
}

/**
 * The core's end of the log. Records gather in a batch; while one batch commits, the next gathers: group
 * commit without a timer. A batch that is refused is settled as refused, its messages are gone, and the
 * state in it, which is true all the same, is owed: it goes into the next batch.
 */
export class Log {
  readonly #hooks: LogHooks
  #gathering = new RecordBatch()
  #owed: readonly LogRecord[] = []
  /** The number of the batch that is being gathered. */
  #batch = 1
  #firstAtMs: number | undefined = undefined
  #isCommitting = false
  #isScheduled = false
  #isClosed = false
  #retry: NodeJS.Timeout | undefined = undefined
  /** Who waits for what was said up to a batch. */
  #waiters: { readonly batch: number; readonly resolve: () => void }[] = []
  readonly #latency = createHistogram()
  #commits = 0
  #refusals = 0
  #records = 0
  #batchSize = 0
  #committingSize = 0
  #lost = 0
  #refusal: string | undefined = undefined

  constructor(hooks: LogHooks) {
    this.#hooks = hooks
  }

  /** The number of the batch that they are in. */
  append(records: readonly LogRecord[], of: 'message' | 'state'): number {
    this.#firstAtMs ??= this.#hooks.nowMs()
    for (const record of records) this.#gathering.add(record, of)
    this.#schedule()
    return this.#batch
  }

  /** Why nothing more may be said for now. */
  get isFull(): boolean {
    return this.#waiting > MOST_WAITING
  }

  /** Resolves when all that has been appended until now is settled, whatever is appended meanwhile. */
  settled(): Promise<void> {
    const isGathering = this.#gathering.size > 0
    if (!this.#isCommitting && !isGathering) return Promise.resolve()
    const batch = isGathering ? this.#batch : this.#batch - 1
    return new Promise((resolve) => this.#waiters.push({ batch, resolve }))
  }

  /** Commits what there is, what is owed as well, and takes nothing more. */
  async close(): Promise<void> {
    while (this.#waiting > 0) await this.settled()
    if (this.#owed.length > 0) {
      this.#gather()
      await this.settled()
    }
    this.#isClosed = true
    clearTimeout(this.#retry)
  }

  figures(): LogFigures {
    const latency = takeSparse(this.#latency)
    return {
      commits: this.#commits,
      refusals: this.#refusals,
      records: this.#records,
      batchSize: this.#batchSize,
      waiting: this.#waiting,
      owed: this.#owed.length,
      lost: this.#lost,
      latency,
      refusal: this.#refusal,
    }
  }

  get #waiting(): number {
    return this.#gathering.size + this.#committingSize
  }

  /** At the end of so many turns, so that all that they bring stands in one batch. */
  #schedule(turns = 1): void {
    if (this.#isScheduled || this.#isCommitting) return
    this.#isScheduled = true
    const wait = (left: number): void => {
      setImmediate(() => {
        if (left > 1) return wait(left - 1)
        this.#isScheduled = false
        this.#commit()
      })
    }
    wait(turns)
  }

  #commit(): void {
    if (this.#isCommitting || this.#isClosed || this.#gathering.size === 0) return
    const batch = this.#batch++
    this.#takeOwed()
    const records = this.#gathering
    const firstAtMs = this.#firstAtMs ?? this.#hooks.nowMs()
    this.#gathering = new RecordBatch()
    this.#firstAtMs = undefined
    this.#isCommitting = true
    this.#committingSize = records.size
    this.#hooks.commit(records.pack()).then(
      () => {
        this.#commits++
        this.#records += records.size
        this.#batchSize = records.size
        this.#refusal = undefined
        record(this.#latency, this.#hooks.nowMs() - firstAtMs)
        this.#next(batch, () => this.#hooks.committed(batch, records.size))
      },
      (error: unknown) => {
        const why = asRefusal(error)
        this.#refusals++
        this.#refusal = why.message
        this.#owe(records.state)
        this.#next(batch, () => this.#hooks.refused(batch, why))
      },
    )
  }

  #next(batch: number, tell: () => void): void {
    this.#isCommitting = false
    this.#committingSize = 0
    tell()
    const settled = this.#waiters.filter((waiter) => waiter.batch <= batch)
    this.#waiters = this.#waiters.filter((waiter) => waiter.batch > batch)
    for (const { resolve } of settled) resolve()
    if (this.#gathering.size > 0) this.#schedule(GATHERING_TURNS)
  }

  #owe(records: readonly LogRecord[]): void {
    this.#owed = this.#owed.concat(records)
    const tooMany = this.#owed.length - MOST_OWED
    if (tooMany > 0) {
      this.#owed = this.#owed.slice(tooMany)
      this.#lost += tooMany
    }
    if (this.#owed.length === 0) return
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.#gather(), RETRY_MS)
    this.#retry.unref()
  }

  /** What is owed is a batch by itself, when nothing else is. */
  #gather(): void {
    if (this.#owed.length === 0 || this.#isClosed) return
    this.#takeOwed()
    this.#firstAtMs ??= this.#hooks.nowMs()
    this.#commit()
  }

  /** It was first. */
  #takeOwed(): void {
    if (this.#owed.length === 0) return
    const records = new RecordBatch()
    for (const record of this.#owed) records.add(record, 'state')
    records.join(this.#gathering)
    this.#gathering = records
    this.#owed = []
  }
}

function asRefusal(error: unknown): CommitRefused {
  if (error instanceof CommitRefused) return error
  const reason = errorText(error)
  return new CommitRefused('failed', reason, { cause: error })
}
