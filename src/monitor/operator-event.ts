import type { AuditEntry } from './access.ts'
import type { FeedEvent } from '../feed/feed.ts'

type OperatorEvent = Extract<FeedEvent, { kind: 'operator' }>

/** What the audit writes down of an operator, as the feed tells it. */
export function operatorEvent(entry: AuditEntry, via: OperatorEvent['via']): OperatorEvent {
  const { who, action, target, reason } = entry
  return {
    kind: 'operator',
    via,
    by: who,
    action,
    ...(target === undefined ? {} : { target }),
    ...(reason === undefined ? {} : { reason }),
  }
}
