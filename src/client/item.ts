/** Lines of the server as items of a timeline: live ones and those of the past alike. */
import type { Message as Line } from '../protocol/message.ts'
import { parseServerTime } from '../protocol/server-time.ts'
import type { Entry, OpenBatch } from './batches.ts'
import { foldName, isRoom, isSelf, newId, type Core } from './core.ts'
import { nickOf } from './fold.ts'
import { isMention } from './mention.ts'
import { modeChanges } from './mode-changes.ts'
import { MOST } from './most.ts'
import { authorOf } from './people.ts'
import type { Happening, Message, Quote } from './timeline.ts'

/** A message as it came, in one line or in several. */
export interface Speech {
  /** Its tags and source. */
  readonly line: Line
  readonly command: string
  readonly target: string
  readonly text: string
}

export function speechOf(entry: Entry): Speech | undefined {
  if (entry.kind === 'line') {
    const { line } = entry
    const [target = '', text = ''] = line.params
    return isSpeech(line.command) ? { line, command: line.command, target, text } : undefined
  }
  return entry.batch.type === 'draft/multiline' ? multilineOf(entry.batch) : undefined
}

function isSpeech(command: string): boolean {
  return command === 'PRIVMSG' || command === 'NOTICE'
}

/** https://ircv3.net/specs/extensions/multiline */
function multilineOf({ opening, params, entries }: OpenBatch): Speech | undefined {
  let text: string | undefined
  let command = 'PRIVMSG'
  for (const entry of entries) {
    if (entry.kind !== 'line' || !isSpeech(entry.line.command)) continue
    const { line } = entry
    command = line.command
    const said = line.params[1] ?? ''
    const join = line.tags?.has('draft/multiline-concat') === true ? '' : '\n'
    text = text === undefined ? said : text + join + said
    if (text.length > MOST.textCharacters) break
  }
  if (text === undefined) return undefined
  return { line: opening, command, target: params[0] ?? '', text }
}

export function timeOf(core: Core, line: Line): number {
  const time = line.tags?.get('time')
  return (time === undefined ? undefined : parseServerTime(time)) ?? core.clock.now()
}

/** Where it belongs: the room, or the other one of two. `rank`: only for those of this rank. */
export function placeOf(
  core: Core,
  line: Line,
  target: string,
): { readonly name: string; readonly rank?: string } {
  const prefix = target.charAt(0)
  const isRanked = core.view.parts.server.ranks.some((rank) => rank.prefix === prefix)
  if (isRanked && isRoom(core, target.slice(1))) return { name: target.slice(1), rank: prefix }
  if (isRoom(core, target)) return { name: target }
  const from = nickOf(line.source)
  return { name: isSelf(core, from) ? target : from }
}

const ACTION = /^\x01ACTION(?: ([^\x01]*))?\x01?$/s // oxlint-disable-line no-control-regex -- CTCP

/** Undefined: nothing to be shown, as most CTCP. */
// oxlint-disable-next-line complexity -- a field each
export function messageOf(
  core: Core,
  speech: Speech,
  rank: string | undefined,
): Message | undefined {
  const { line, command } = speech
  const action = ACTION.exec(speech.text)
  if (action === null && speech.text.startsWith('\x01')) return undefined
  const text = (action === null ? speech.text : (action[1] ?? '')).slice(0, MOST.textCharacters)
  const author = authorOf(core, line)
  const from = author.nick === '' ? core.view.parts.server.name : author.nick
  const msgid = msgidTag(line)
  const redaction = msgid === undefined ? undefined : core.redactions.get(msgid)
  const form = command === 'NOTICE' ? 'notice' : 'message'
  return {
    kind: 'message',
    id: newId(core, 'i'),
    timeMs: timeOf(core, line),
    author: { ...author, nick: from },
    form: action === null ? form : 'action',
    text: redaction === undefined ? text : '',
    life: redaction === undefined ? { state: 'said' } : { state: 'redacted', ...redaction },
    reactions: core.reactions.of(msgid),
    isMention: !author.isSelf && isMention(core, text),
    ...relationsOf(line),
    ...(rank === undefined ? {} : { onlyRank: rank }),
  }
}

/** Its name, and those of others that it speaks of. */
function relationsOf(line: Line): Pick<Message, 'msgid' | 'replyTo' | 'editOf'> {
  const msgid = msgidTag(line)
  const reply = replyTag(line)
  const editOf = line.tags?.get('+maru.chat/edit')
  const isEdit = editOf !== undefined && editOf !== '' && editOf.length <= 256
  return {
    ...(msgid === undefined ? {} : { msgid }),
    ...(reply === undefined ? {} : { replyTo: { msgid: reply } }),
    ...(isEdit ? { editOf } : {}),
  }
}

export function msgidTag(line: Line): string | undefined {
  const msgid = line.tags?.get('msgid')
  return msgid === undefined || msgid === '' || msgid.length > 256 ? undefined : msgid
}

/** https://ircv3.net/specs/client-tags/reply */
export function replyTag(line: Line): string | undefined {
  const reply = line.tags?.get('+reply') ?? line.tags?.get('+draft/reply')
  return reply === undefined || reply === '' || reply.length > 256 ? undefined : reply
}

const EXCERPT = 160

/** What a quote shows of a message that is here. */
export function quoteOf(message: Message): Quote {
  const excerpt = message.text.split('\n', 1)[0]?.slice(0, EXCERPT) ?? ''
  return { msgid: message.msgid ?? '', nick: message.author.nick, excerpt }
}

/** What happened in a room. Undefined for lines that say something else. */
export function happeningOf(core: Core, line: Line): Happening | undefined {
  const [first = '', second = '', third] = line.params
  const base = {
    kind: 'happening' as const,
    id: newId(core, 'i'),
    timeMs: timeOf(core, line),
    who: authorOf(core, line),
    ...(msgidTag(line) === undefined ? {} : { msgid: msgidTag(line) as string }),
  }
  switch (line.command) {
    case 'JOIN':
      return { ...base, what: 'joined' }
    case 'PART':
      return { ...base, what: 'parted', ...given(second) }
    case 'QUIT':
      return { ...base, what: 'quit', ...given(first) }
    case 'KICK':
      return { ...base, what: 'kicked', whom: second, ...given(third) }
    case 'NICK':
      return { ...base, what: 'nick', text: first }
    case 'TOPIC':
      return { ...base, what: 'topic', text: second }
    case 'MODE':
      return { ...base, what: 'modes', ...modesOf(core, line) }
    case 'RENAME':
      return { ...base, what: 'renamed', text: second }
    default:
      return undefined
  }
}

function modesOf(core: Core, { params }: Line): Pick<Happening, 'text' | 'changes'> {
  const [, letters = '', ...args] = params
  const text = [letters, ...args].join(' ')
  return { text, changes: modeChanges(core.view.parts.server, letters, args) }
}

function given(text: string | undefined): { readonly text?: string } {
  return text === undefined || text === '' ? {} : { text: text.slice(0, MOST.textCharacters) }
}

/** What a TAGMSG, or a message, says about another message. https://ircv3.net/specs/client-tags/react */
export function reactionOf(
  core: Core,
  line: Line,
):
  | { readonly msgid: string; readonly emoji: string; readonly isOn: boolean; readonly key: string }
  | undefined {
  const msgid = replyTag(line)
  const on = line.tags?.get('+draft/react') ?? line.tags?.get('+react')
  const off = line.tags?.get('+draft/unreact') ?? line.tags?.get('+unreact')
  const emoji = on ?? off
  if (msgid === undefined || emoji === undefined || emoji === '' || emoji.length > 64)
    return undefined
  return { msgid, emoji, isOn: on !== undefined, key: foldName(core, nickOf(line.source)) }
}
