import type { DatabaseSync } from 'node:sqlite'

/** Moves what is in the write-ahead log into the file: when nothing else is to do, or when it must be. */
export interface Checkpoints extends Disposable {
  /** A commit has taken place. */
  committed(): void
  /** Upkeep rests: what it wrote is moved before it is so much that a commit would have to wait for it. */
  rested(): void
}

/** With nothing to do for so long, it is time. */
const IDLE_MS = 100
const PAGE_BYTES = 4096
/** Below this it isn't worth a sync. */
const LEAST_PAGES = (1024 * 1024) / PAGE_BYTES
/** A busy log waits no longer: more would make one commit wait for long. */
const MOST_PAGES = (16 * 1024 * 1024) / PAGE_BYTES

/** `failed`: is told what SQLite threw; commits are not concerned. */
export function createCheckpoints(
  database: DatabaseSync,
  failed: (error: unknown) => void,
): Checkpoints {
  // Looks, and moves nothing. https://sqlite.org/pragma.html#pragma_wal_checkpoint
  const look = database.prepare('PRAGMA wal_checkpoint(NOOP)')
  const move = database.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  let timer: NodeJS.Timeout | undefined

  const checkpoint = (): void => {
    try {
      move.get()
    } catch (error) {
      failed(error)
    }
  }
  const idle = (): void => {
    timer = undefined
    if (pagesOf(look.get()) >= LEAST_PAGES) checkpoint()
  }

  return {
    committed() {
      timer?.refresh()
      timer ??= setTimeout(idle, IDLE_MS).unref()
      if (pagesOf(look.get()) >= MOST_PAGES) checkpoint()
    },
    rested() {
      if (pagesOf(look.get()) >= LEAST_PAGES) checkpoint()
    },
    [Symbol.dispose]() {
      clearTimeout(timer)
    },
  }
}

function pagesOf(row: Record<string, unknown> | undefined): number {
  return Number(row?.['log']) - Number(row?.['checkpointed'])
}
