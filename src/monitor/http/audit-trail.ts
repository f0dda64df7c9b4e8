import type { Log } from '../../base/log.ts'
import type { Audit, AuditEntry, Identity } from '../access.ts'
import type { Refusal } from './refusal.ts'
import type { Ran, Route } from './route.ts'

export interface Happening {
  readonly row: Route | undefined
  readonly identity: Identity | undefined
  readonly from: string
  /** As it came; what is behind `?` is never written down. */
  readonly url: string
}

export interface AuditTrail {
  /** Before anything ran. */
  refused(happening: Happening, refusal: Refusal): void
  /** After a row ran. */
  ran(happening: Happening, ran: Ran): void
  /** A row whose answer went on after it ran. */
  ended(happening: Happening, detail: string, outcome: 'done' | 'failed'): void
  /** A row that threw. */
  broke(happening: Happening): void
}

/** Writes down every action with what came of it, and every refusal that is one of rights. */
export function createAuditTrail(audit: Audit, log: Log): AuditTrail {
  const append = (entry: AuditEntry): void => {
    try {
      audit.append(entry)
    } catch (error) {
      log.error('audit not written', { action: entry.action, error: String(error) })
    }
  }
  return {
    refused(happening, refusal) {
      if (!isOfRights(refusal) && !(happening.row?.action !== undefined && refusal.status !== 404))
        return
      const target = happening.url.split('?', 1)[0]?.slice(0, 200) ?? ''
      append({ ...entryOf(happening), target, outcome: 'refused', detail: refusal.text })
    },
    ran(happening, { answer, about }) {
      const isRefused = answer.kind === 'refused'
      const isWritten =
        happening.row?.action !== undefined || (isRefused && isOfRights(answer.refusal))
      if (!isWritten) return
      const facts = { ...about, ...(answer.kind === 'json' ? answer.audit : {}) }
      const entry = { ...entryOf(happening), ...facts }
      append(
        isRefused
          ? { ...entry, outcome: outcomeOf(answer.refusal), detail: answer.refusal.text }
          : { ...entry, outcome: 'done' },
      )
    },
    ended(happening, detail, outcome) {
      const entry = entryOf(happening)
      append({ ...entry, action: `${entry.action} ended`, outcome, detail })
    },
    broke(happening) {
      if (happening.row?.action === undefined) return
      append({ ...entryOf(happening), outcome: 'failed', detail: 'internal error' })
    },
  }
}

const OF_RIGHTS: ReadonlySet<number> = new Set([401, 403, 421, 429])

function isOfRights({ status, code }: Refusal): boolean {
  return OF_RIGHTS.has(status) || code === 'secret in URL'
}

/** What could not be done has failed; what was not allowed, or made no sense, was refused. */
function outcomeOf({ status }: Refusal): 'failed' | 'refused' {
  return status === 404 || status === 409 ? 'failed' : 'refused'
}

function entryOf({ row, identity, from }: Happening): Omit<AuditEntry, 'outcome'> {
  return {
    who: identity?.name ?? 'nobody',
    ...(identity === undefined ? {} : { role: identity.role }),
    from,
    action: row?.action ?? (row === undefined ? 'other path' : `${row.method} ${row.path}`),
  }
}
