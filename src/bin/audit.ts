import { parseArgs } from 'node:util'
import type { AuditRecord } from '../monitor/access.ts'
import { verifyAudit } from '../monitor/verify-audit.ts'
import { isoTime } from '../server/iso-time.ts'
import type { MonitorRecords } from '../server/monitor-records.ts'
import { escaped } from './escaped.ts'
import { UsageError } from './usage-error.ts'
import { withRecords, wordsOf } from './with-records.ts'
import { FOLDER_OPTIONS } from './with-settings.ts'

/** `maru audit`. Resolves with the exit code. */
export async function auditCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...FOLDER_OPTIONS, count: { type: 'string' }, json: { type: 'boolean' } },
    allowPositionals: true,
  })
  const [verb, ...rest] = positionals
  wordsOf(rest, [])
  const hasMore = values.count !== undefined || values.json !== undefined
  if (hasMore && verb !== 'show') throw new UsageError('--count and --json are for show')
  switch (verb) {
    case 'verify':
      return withRecords(values, 'existing', verify)
    case 'show': {
      const count = countOf(values.count ?? '50')
      const line = values.json === true ? jsonLine : textLine
      return withRecords(values, 'existing', ({ audit }) => {
        for (const record of audit.entries({ count }).toReversed()) console.log(line(record))
        return 0
      })
    }
    case undefined:
    default:
      throw new UsageError(verb === undefined ? 'a verb is missing' : `there is no verb ${verb}`)
  }
}

function verify({ store }: MonitorRecords): number {
  const verdict = verifyAudit(store)
  if (verdict.kind === 'intact') {
    console.log(`${verdict.records} records, intact`)
    return 0
  }
  console.log(`broken at record ${verdict.seq}: ${verdict.text}`)
  return 1
}

function countOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new UsageError(`--count: expected a whole number from 1, found ${text}`)
}

/** Texts stand in quotes, so that none can pass for the field after it. */
function textLine(record: AuditRecord): string {
  const { seq, atMs, who, role, from, action, target, reason, outcome, detail } = record
  const fields = [
    String(seq),
    isoTime(atMs),
    `${quoted(who)}${role === undefined ? '' : ` (${role})`} from ${quoted(from)}`,
    `${action}${target === undefined ? '' : ` ${quoted(target)}`}`,
    reason === undefined || reason === '' ? [] : `because ${quoted(reason)}`,
    `${outcome}${detail === undefined ? '' : ` ${quoted(detail)}`}`,
  ]
  return escaped(fields.flat().join('  '))
}

/** A JSON string may hold any escape, so that its lines are both safe to look at and true. */
function jsonLine(record: AuditRecord): string {
  return escaped(JSON.stringify(record))
}

function quoted(text: string): string {
  return /^[\w.:-]+$/.test(text) ? text : JSON.stringify(text)
}
