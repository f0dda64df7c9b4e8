import { crc32 } from 'node:zlib'
import type { KeepRecord, KeptTable } from '../state/record.ts'
import type { Loaded } from './store.ts'

/** A row of `kept`, as databases have it. */
export interface KeptRow {
  readonly kind: string
  readonly key: string
  readonly value: string
  /** Null: written before there was one. */
  readonly checksum: number | null
}

/** In SQLite as in PostgreSQL; for `sortKept`. */
export const KEPT_ROWS = 'SELECT kind, key, value, checksum FROM kept ORDER BY kind, key'

/** A bit that a disk has turned is noticed. 32 bits, signed. */
export function keptChecksum({
  table,
  key,
  value,
}: Pick<KeepRecord, 'table' | 'key' | 'value'>): number {
  return crc32(`${table}\n${key}\n${value}`) | 0
}

/** What is as it was written, and what isn't. */
export function sortKept(rows: readonly KeptRow[]): Pick<Loaded, 'kept' | 'damaged'> {
  const entries = rows.map(({ kind, key, value, checksum }) => {
    const entry = { table: kind as KeptTable, key, value }
    return { entry, isGood: checksum === null || checksum === keptChecksum(entry) }
  })
  return {
    kept: entries.flatMap(({ entry, isGood }) => (isGood ? [entry] : [])),
    damaged: entries.flatMap(({ entry: { table, key }, isGood }) =>
      isGood ? [] : [{ table, key }],
    ),
  }
}
