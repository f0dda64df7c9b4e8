import { CHAIN_START, misfit } from './audit-chain.ts'
import type { AuditRow, ChainEnd } from './audit-chain.ts'
import { readAuditHead } from './audit-head.ts'
import type { MonitorStore } from './monitor-store.ts'

export type Verdict =
  | { readonly kind: 'intact'; readonly records: number }
  | { readonly kind: 'broken'; readonly seq: number; readonly text: string }

/**
 * Walks the whole chain. It finds what was changed, removed, put in or cut off by anyone who did not also
 * compute all hashes anew and write `audit.head` to match; against those only a copy of that file kept
 * elsewhere helps.
 */
export function verifyAudit(store: MonitorStore): Verdict {
  // Read first: whatever is appended meanwhile comes on top of what it tells of.
  const head = readAuditHead(store.folder)
  const rows = store.database.prepare('SELECT seq, record, hash FROM audit ORDER BY seq').iterate()
  let end = CHAIN_START
  for (const read of rows) {
    const row = read as unknown as AuditRow
    const wrong = misfit(end, row) ?? (row.seq === head?.seq ? headMisfit(head, row) : undefined)
    if (wrong !== undefined)
      return { kind: 'broken', seq: Math.min(row.seq, end.seq + 1), text: wrong }
    end = { seq: row.seq, hash: row.hash }
  }
  return endVerdict(end, head)
}

function headMisfit(head: ChainEnd, row: AuditRow): string | undefined {
  return head.hash === row.hash
    ? undefined
    : `record ${row.seq} is not the one that audit.head tells of`
}

function endVerdict(end: ChainEnd, head: ChainEnd | undefined): Verdict {
  const seq = end.seq + 1
  if (head === undefined) {
    if (end.seq === 0) return { kind: 'intact', records: 0 }
    const text = `audit.head is missing or damaged: whether anything after record ${end.seq} was cut off can't be seen`
    return { kind: 'broken', seq, text }
  }
  if (head.seq > end.seq) {
    const text = `the end is cut off: there were ${head.seq} records, and ${end.seq} are left`
    return { kind: 'broken', seq, text }
  }
  return { kind: 'intact', records: end.seq }
}
