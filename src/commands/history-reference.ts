import { parseServerTime } from '../protocol/server-time.ts'
import type { HistoryPoint } from '../state/history-query.ts'

/** What a client wrote instead: `unknownType` is a kind of reference that Maru doesn't know. */
export type ReferenceFault = 'unknownType' | 'invalid'

/** `msgid=…` or `timestamp=…`. https://ircv3.net/specs/extensions/chathistory#chathistory-command */
export function parseReference(text: string): HistoryPoint | ReferenceFault {
  const equals = text.indexOf('=')
  if (equals < 0) return 'invalid'
  const value = text.slice(equals + 1)
  switch (text.slice(0, equals).toLowerCase()) {
    case 'msgid':
      return value === '' ? 'invalid' : { kind: 'msgid', msgid: value }
    case 'timestamp': {
      const timeMs = parseServerTime(value)
      return timeMs === undefined ? 'invalid' : { kind: 'time', timeMs }
    }
    default:
      return 'unknownType'
  }
}
