/** What is said: messages, notices, and messages of tags alone. */
import type { Message as Line } from '../protocol/message.ts'
import { labelOf, type Entry } from './batches.ts'
import { ensureConversation, findConversation } from './conversations.ts'
import { addNotice, foldName, isRoom, isSelf, type Core } from './core.ts'
import { nickOf } from './fold.ts'
import { messageOf, placeOf, reactionOf, speechOf, timeOf, type Speech } from './item.ts'
import { appendLive, refreshReactions } from './live.ts'
import type { Conversation } from './model.ts'
import { learnPerson } from './people.ts'
import { watchPerson } from './person-lines.ts'
import { askMarker, moveMarker, takeMarker } from './reading.ts'
import { takeRedaction } from './redaction.ts'
import { takeEcho } from './sending.ts'
import { stopTyping, takeTyping } from './typing.ts'
import { stripFormatting } from './format.ts'

export function takeSpeech(core: Core, entry: Entry, label: string | undefined): void {
  const speech = speechOf(entry)
  if (speech === undefined) return
  const { line } = speech
  const { name, rank } = placeOf(core, line, speech.target)
  const conversation = conversationFor(core, speech, name)
  if (conversation === undefined) return
  takeReaction(core, line)
  stopTyping(core, conversation.id, foldName(core, nickOf(line.source)))
  const message = messageOf(core, speech, rank)
  if (message === undefined) return
  if (message.author.isSelf && takeEcho(core, message, labelOf(line, undefined) ?? label, line))
    return
  appendLive(core, conversation, message)
}

/** Undefined: it is said to nobody whom we know, and has become a notice. */
function conversationFor(
  core: Core,
  { line, command, text }: Speech,
  name: string,
): Conversation | undefined {
  const known = findConversation(core, name)
  if (known !== undefined) return known
  const from = nickOf(line.source)
  const isPerson = line.source?.includes('!') === true || isSelf(core, from)
  if (isRoom(core, name) || name === '' || command === 'NOTICE' || !isPerson) {
    const kind = isPerson ? 'answer' : 'server'
    addNotice(core, { kind, from, text: stripFormatting(text) })
    return undefined
  }
  const conversation = ensureConversation(core, name)
  if (conversation === undefined) return undefined
  learnPerson(core, name, {})
  watchPerson(core, name)
  // What begins it is not read yet.
  moveMarker(core, conversation.id, timeOf(core, line) - 1)
  askMarker(core, name)
  return core.view.conversations.get(conversation.id)
}

export function takeTagmsg(core: Core, line: Line): void {
  takeReaction(core, line)
  const typing = line.tags?.get('+typing')
  if (typing === undefined) return
  const { name } = placeOf(core, line, line.params[0] ?? '')
  const conversation = findConversation(core, name)
  if (conversation !== undefined) takeTyping(core, conversation.id, nickOf(line.source), typing)
}

function takeReaction(core: Core, line: Line): void {
  const reaction = reactionOf(core, line)
  if (reaction === undefined) return
  const { msgid, emoji, isOn, key } = reaction
  const nick = nickOf(line.source)
  core.reactions.add(msgid, emoji, key, {
    nick,
    isMine: isSelf(core, nick),
    isOn,
    timeMs: timeOf(core, line),
  })
  refreshReactions(core, msgid)
}

export function takeRedactLine(core: Core, line: Line): void {
  const { name } = placeOf(core, line, line.params[0] ?? '')
  const conversation = findConversation(core, name)
  if (conversation !== undefined) takeRedaction(core, conversation.id, line)
}

export function takeMarkread(core: Core, line: Line): void {
  const [name = '', value = ''] = line.params
  const conversation = findConversation(core, name)
  if (conversation !== undefined) takeMarker(core, conversation, value)
}
