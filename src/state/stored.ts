import { formatModeChanges } from '../protocol/modes.ts'
import type { Event } from './event.ts'
import type { Said } from './message-event.ts'
import { conversationOf } from './conversation.ts'
import { isKept } from './kept.ts'
import type { Network } from './network.ts'
import { FLAG, type BufferId, type StoredEvent } from './record.ts'
import { hasUserMode, type User } from './user.ts'

/** What the log keeps of an event, but for where it stands and when. */
export type StoredLine = Omit<StoredEvent, 'buffer' | 'seq' | 'timeMs' | 'msgid'>

/** The buffers that an event belongs to; none: it isn't kept. To be asked before the event is applied. */
export function buffersOf(network: Network, event: Event): readonly BufferId[] {
  switch (event.kind) {
    case 'said':
      return isKept(event) ? buffersOfSaid(network, event) : []
    case 'joined':
    case 'parted':
    case 'kicked':
    case 'topicChanged':
    case 'channelModesChanged':
    case 'channelRenamed':
    case 'channelNotice':
      return [event.channel.buffer]
    case 'quit':
    case 'renamed':
      return [...event.user.channels].map(({ buffer }) => buffer)
    default:
      return []
  }
}

function buffersOfSaid(network: Network, { by, target }: Said): readonly BufferId[] {
  if (target.kind !== 'user') return [target.channel.buffer]
  const conversation = conversationOf(network, by.person, target.user.person)
  return conversation === undefined ? [] : [conversation.buffer]
}

/** Undefined for what is never kept. */
export function storedLine(event: Event, serverName: string): StoredLine | undefined {
  switch (event.kind) {
    case 'said':
      return storedMessage(event)
    case 'joined':
      return line(event.user, 'JOIN', [event.user.account ?? '*', event.user.realName])
    case 'parted':
      return line(event.user, 'PART', event.reason === undefined ? [] : [event.reason])
    case 'quit':
      return line(event.user, 'QUIT', [event.reason])
    case 'renamed':
      return line(event.user, 'NICK', [event.nick])
    case 'kicked':
      return line(event.by ?? serverName, 'KICK', [event.user.nick, event.reason])
    case 'topicChanged':
      return line(event.by, 'TOPIC', [event.topic.text])
    case 'channelModesChanged':
      return line(event.by ?? serverName, 'MODE', formatModeChanges(event.changes))
    case 'channelRenamed':
      return line(event.by, 'RENAME', [event.oldName, event.name, event.reason])
    case 'channelNotice':
      return { ...line(serverName, 'NOTICE', []), body: event.text }
    default:
      return undefined
  }
}

function storedMessage({ by, command, target, lines, multiline, clientTags }: Said): StoredLine {
  const least = target.kind === 'ranks' ? target.least : 0
  const body = multiline
    ? JSON.stringify(lines.map(({ text, concat }) => [text, concat]))
    : (lines[0]?.text ?? '')
  const flags = flagsOf(by) | (multiline ? FLAG.multiline : 0)
  return { command, source: by.source, person: by.person, flags, least, clientTags, body }
}

function line(
  by: User | string,
  command: StoredEvent['command'],
  params: readonly string[],
): StoredLine {
  const body = JSON.stringify(params)
  const rest = { command, least: 0, clientTags: '', body } as const
  if (typeof by === 'string') return { ...rest, source: by, person: '', flags: 0 }
  return { ...rest, source: by.source, person: by.person, flags: flagsOf(by) }
}

function flagsOf(user: User): number {
  return hasUserMode(user, 'B') ? FLAG.bot : 0
}
