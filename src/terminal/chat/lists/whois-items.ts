import type { Whois } from '../../../client/model.ts'
import { dim, plain } from '../../line.ts'
import { dateText } from '../../number-text.ts'
import { safeText } from '../../safe-text.ts'
import type { ChatState } from '../chat-state.ts'
import type { ChatSay } from '../chat-words.ts'
import { fitText } from '../../fit-text.ts'
import type { ListItem } from '../list-items.ts'

/** What the server told of somebody. */
export function whoisItems({ model, say }: ChatState): readonly ListItem[] {
  const { whois } = model
  if (whois === undefined) return [{ line: [dim(`  ${say('whoisAsking')}…`)] }]
  return fieldsOf(whois, say)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ line: [dim(`  ${fitText(name, 11)}`), plain(safeText(value))] }))
}

function fieldsOf(whois: Whois, say: ChatSay): readonly (readonly [name: string, value: string])[] {
  const { userName = '', host = '', rooms, other } = whois
  return [
    [say('fieldNick'), whois.nick],
    [say('whoisName'), whois.realName ?? ''],
    [say('whoisFrom'), host === '' ? '' : `${userName}@${host}`],
    [say('whoisAccount'), whois.account ?? ''],
    [say('whoisAway'), whois.away ?? ''],
    [say('whoisServer'), whois.server ?? ''],
    ...marksOf(whois, say),
    [say('whoisRooms'), rooms.join(' ')],
    ...other.map((text) => ['', text] as const),
  ]
}

function marksOf(
  { isOperator, isBot, isSecure, signedOnAtMs, idleSeconds }: Whois,
  say: ChatSay,
): readonly (readonly [name: string, value: string])[] {
  const marks = [isOperator ? say('operator') : '', isBot ? say('bot') : '', isSecure ? 'TLS' : '']
  const idle = idleSeconds === undefined ? '' : say('whoisIdleText', { seconds: idleSeconds })
  return [
    [say('whoisIs'), marks.filter(Boolean).join(', ')],
    [say('whoisSince'), signedOnAtMs === undefined ? '' : dateText(signedOnAtMs)],
    [say('whoisIdle'), idle],
  ]
}
