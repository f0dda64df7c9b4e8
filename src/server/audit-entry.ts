import type { Fields } from '../base/log.ts'
import type { AuditEntry } from '../monitor/access.ts'

/** What an operator did on IRC, or tried to, as the audit writes it down. */
export function auditEntry(level: 'info' | 'warn', action: string, fields: Fields): AuditEntry {
  const { by, from, operator, victim, mask, channel, nick, reason, events } = fields
  const target = victim ?? mask ?? channel ?? nick
  return {
    who: String(operator ?? by ?? '*'),
    from: String(from ?? '*'),
    action,
    outcome: level === 'warn' ? 'refused' : 'done',
    ...(target === undefined ? {} : { target: String(target) }),
    ...(reason === undefined ? {} : { reason: String(reason) }),
    ...(events === undefined ? {} : { detail: `${String(events)} events` }),
  }
}
