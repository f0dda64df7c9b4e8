import { createHash } from 'node:crypto'
import type { AuditEntry, AuditRecord } from './access.ts'

/** A record as the database has it: its canonical JSON, and the SHA-256 of that. */
export interface AuditRow {
  readonly seq: number
  readonly record: string
  readonly hash: string
}

/** The end of a chain: how far it goes, and what the next record is tied to. */
export interface ChainEnd {
  readonly seq: number
  readonly hash: string
}

/** Before the first record. */
export const CHAIN_START: ChainEnd = { seq: 0, hash: '0'.repeat(64) }

/** Longer texts are cut, with a mark that says how much there was. */
export const MOST_CHARACTERS = 1000

export function chainRow(end: ChainEnd, entry: AuditEntry, atMs: number): AuditRow {
  const seq = end.seq + 1
  const record = JSON.stringify({ seq, atMs, ...canonicalEntry(entry), previous: end.hash })
  return { seq, record, hash: sha256(record) }
}

/** What a row says, or undefined if it makes no sense. */
export function recordOf(row: AuditRow): AuditRecord | undefined {
  const parsed = parseRecord(row.record)
  if (parsed === undefined) return undefined
  const { previous: _, ...record } = parsed
  return { ...record, hash: row.hash }
}

/** Why a row can't come after `end`, in words; undefined: it does. */
export function misfit(end: ChainEnd, row: AuditRow): string | undefined {
  if (row.seq > end.seq + 1) {
    const last = row.seq - 1
    return last === end.seq + 1
      ? `record ${last} is missing`
      : `records ${end.seq + 1} to ${last} are missing`
  }
  if (row.seq !== end.seq + 1) return `record ${row.seq} is out of order`
  const parsed = parseRecord(row.record)
  if (parsed === undefined || sha256(row.record) !== row.hash) {
    return `record ${row.seq} was changed`
  }
  if (parsed.seq !== row.seq) return `record ${row.seq} is out of order: it was ${parsed.seq}`
  if (parsed.previous !== end.hash) {
    return `record ${row.seq} does not follow the one before it: one of the two was put in or changed`
  }
  return undefined
}

/** The fields in one order, absent ones left out, so that a record has one text. */
function canonicalEntry(entry: AuditEntry): AuditEntry {
  const { who, role, from, action, target, reason, outcome, detail } = entry
  return {
    who: bounded(who),
    ...(role === undefined ? {} : { role }),
    from: bounded(from),
    action: bounded(action),
    ...(target === undefined ? {} : { target: bounded(target) }),
    ...(reason === undefined ? {} : { reason: bounded(reason) }),
    outcome,
    ...(detail === undefined ? {} : { detail: bounded(detail) }),
  }
}

function bounded(text: string): string {
  const whole = text.toWellFormed()
  if (whole.length <= MOST_CHARACTERS) return whole
  const characters = Array.from(whole)
  if (characters.length <= MOST_CHARACTERS) return whole
  const kept = characters.slice(0, MOST_CHARACTERS).join('')
  return `${kept} … [cut: it had ${characters.length} characters]`
}

interface ParsedRecord extends Omit<AuditRecord, 'hash'> {
  readonly previous: string
}

function parseRecord(text: string): ParsedRecord | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'seq' in value && 'previous' in value
      ? (value as ParsedRecord)
      : undefined
  } catch {
    return undefined
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
