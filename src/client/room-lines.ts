/** Who comes and goes in rooms, and what becomes of them. */
import type { Message as Line } from '../protocol/message.ts'
import {
  closeConversation,
  ensureConversation,
  findConversation,
  leaveRoom,
} from './conversations.ts'
import {
  addNotice,
  foldName,
  hasCap,
  isRoom,
  isSelf,
  renameConversation,
  send,
  setConversation,
  setSelf,
  store,
  type Core,
} from './core.ts'
import { nickOf, userHostOf } from './fold.ts'
import { catchUp } from './history.ts'
import { happeningOf } from './item.ts'
import { appendLive } from './live.ts'
import type { Conversation, Member } from './model.ts'
import { takeModes } from './mode-lines.ts'
import { MOST } from './most.ts'
import { learnPerson, prunePerson, renamePerson } from './people.ts'
import { moveMarker } from './reading.ts'
import { stopTyping } from './typing.ts'

export function takeJoin(core: Core, line: Line): void {
  const [name = ''] = line.params
  const nick = nickOf(line.source)
  const isOurs = isSelf(core, nick)
  if (!isRoom(core, name)) return
  const conversation = isOurs ? ensureConversation(core, name) : findConversation(core, name)
  if (conversation === undefined || nick === '') return
  const { id } = conversation
  if (isOurs) enter(core, conversation, line)
  else if (conversation.standing !== 'joined') return
  addMember(core, id, nick, '')
  learnJoined(core, line)
  if (!isOurs) show(core, id, line)
}

/** https://ircv3.net/specs/extensions/extended-join */
function learnJoined(core: Core, line: Line): void {
  const [, account, realName] = line.params
  const nick = nickOf(line.source)
  // Whoever is away says so right after.
  const isTold = isSelf(core, nick) || hasCap(core, 'away-notify')
  const facts = { account: account === '*' ? undefined : account, realName }
  learnPerson(core, nick, {
    ...userHostOf(line.source),
    presence: isTold ? 'here' : 'unknown',
    ...(hasCap(core, 'extended-join') ? facts : {}),
  })
}

function enter(core: Core, { id }: Conversation, line: Line): void {
  const name = line.params[0] ?? ''
  leaveRoom(core, id, { standing: 'joined' })
  renameConversation(core, id, name)
  const { refusal: _refusal, ...rest } = core.view.conversations.get(id) as Conversation
  core.view.conversations.set(id, rest)
  setSelf(core, userHostOf(line.source))
  // Where nobody keeps markers, everything before the first visit counts as read.
  if (!hasCap(core, 'draft/read-marker') && rest.readUpToMs === undefined) {
    moveMarker(core, id, core.clock.now() - 1)
  }
  core.wish.rooms.set(id, { ...core.wish.rooms.get(id), name })
  keepRooms(core)
  catchUp(core, id)
  send(core, { command: 'MODE', params: [name] })
}

export function keepRooms(core: Core): void {
  const rooms = [...core.wish.rooms.values()]
  store(core, 'rooms', rooms.length === 0 ? undefined : JSON.stringify(rooms))
}

export function addMember(core: Core, id: string, nick: string, ranks: string): void {
  const key = foldName(core, nick)
  const table = core.view.members(id)
  if (key === '' || (!table.has(key) && table.size >= MOST.members)) return
  const before = table.get(key)
  if (before?.ranks !== ranks) table.set(key, { key, ranks })
  if (before === undefined) setConversation(core, id, { memberCount: table.size })
  if (key === core.view.parts.self.key) setConversation(core, id, { ownRanks: ranks })
}

function removeMember(core: Core, id: string, key: string): void {
  const table = core.view.members(id)
  if (!table.has(key)) return
  table.delete(key)
  stopTyping(core, id, key)
  setConversation(core, id, { memberCount: table.size })
}

export function takePart(core: Core, line: Line): void {
  const nick = nickOf(line.source)
  leave(core, line, { name: line.params[0] ?? '', nick, standing: 'left' })
}

export function takeKick(core: Core, line: Line): void {
  const [name = '', nick = ''] = line.params
  leave(core, line, { name, nick, standing: 'removed' })
}

interface Leaving {
  readonly name: string
  readonly nick: string
  readonly standing: 'left' | 'removed'
}

function leave(core: Core, line: Line, { name, nick, standing }: Leaving): void {
  const conversation = findConversation(core, name)
  if (conversation === undefined) return
  const { id } = conversation
  if (!isSelf(core, nick) || standing === 'removed') show(core, id, line)
  if (!isSelf(core, nick)) {
    removeMember(core, id, foldName(core, nick))
    return prunePerson(core, foldName(core, nick))
  }
  leaveRoom(core, id, { standing })
  core.wish.rooms.delete(id)
  core.catching.delete(id)
  keepRooms(core)
  const timer = `closing:${id}`
  if (!core.timers.has(timer)) return
  core.timers.clear(timer)
  closeConversation(core, id)
}

export function takeQuit(core: Core, line: Line): void {
  const nick = nickOf(line.source)
  const key = foldName(core, nick)
  if (isSelf(core, nick)) return
  for (const id of roomsOf(core, key)) {
    show(core, id, line)
    removeMember(core, id, key)
  }
  learnGone(core, key)
  prunePerson(core, key)
}

function learnGone(core: Core, key: string): void {
  const person = core.view.people.get(key)
  if (person === undefined) return
  const { away: _away, ...rest } = person
  core.view.people.set(key, { ...rest, presence: 'gone' })
  stopTyping(core, key, key)
}

function roomsOf(core: Core, key: string): string[] {
  return [...core.view.conversations.values()].flatMap(({ id, kind }) =>
    kind === 'room' && core.view.members(id).has(key) ? [id] : [],
  )
}

export function takeNick(core: Core, line: Line): void {
  const from = nickOf(line.source)
  const to = line.params[0] ?? ''
  if (to === '' || from === '') return
  const rooms = roomsOf(core, foldName(core, from))
  if (isSelf(core, from)) core.wish.nick = to
  for (const id of rooms) show(core, id, line)
  renamePerson(core, from, to)
}

export function takeTopic(core: Core, line: Line): void {
  const [name = '', text = ''] = line.params
  const conversation = findConversation(core, name)
  if (conversation === undefined) return
  const topic = {
    text: text.slice(0, MOST.textCharacters),
    setBy: nickOf(line.source),
    setAtMs: core.clock.now(),
  }
  setTopic(core, conversation.id, text === '' ? undefined : topic)
  show(core, conversation.id, line)
}

export function setTopic(core: Core, id: string, topic: Conversation['topic']): void {
  const conversation = core.view.conversations.get(id)
  if (conversation === undefined) return
  const { topic: _topic, ...rest } = conversation
  core.view.conversations.set(id, topic === undefined ? rest : { ...rest, topic })
}

export function takeMode(core: Core, line: Line): void {
  const [target = '', letters = '', ...args] = line.params
  if (!isRoom(core, target)) {
    if (isSelf(core, target)) setSelf(core, ownModes(core.view.parts.self.modes, letters))
    return
  }
  const conversation = findConversation(core, target)
  if (conversation === undefined) return
  takeModes(core, conversation.id, letters, args)
  show(core, conversation.id, line)
}

export function ownModes(
  before: string,
  letters: string,
): { readonly modes: string; readonly isOperator: boolean } {
  const modes = new Set(before)
  let isOn = true
  for (const letter of letters.slice(0, 200)) {
    if (letter === '+' || letter === '-') isOn = letter === '+'
    else if (isOn) modes.add(letter)
    else modes.delete(letter)
  }
  return { modes: [...modes].join(''), isOperator: modes.has('o') }
}

/** https://ircv3.net/specs/extensions/channel-rename */
export function takeRename(core: Core, line: Line): void {
  const [from = '', to = ''] = line.params
  const conversation = findConversation(core, from)
  if (conversation === undefined || !isRoom(core, to)) return
  renameConversation(core, conversation.id, to)
  const wanted = core.wish.rooms.get(conversation.id)
  if (wanted !== undefined) core.wish.rooms.set(conversation.id, { ...wanted, name: to })
  keepRooms(core)
  show(core, conversation.id, line)
}

export function takeInvite(core: Core, line: Line): void {
  const [nick = '', name = ''] = line.params
  const from = nickOf(line.source)
  if (isSelf(core, nick))
    return addNotice(core, { kind: 'invitation', from, text: '', context: [name] })
  const conversation = findConversation(core, name)
  const base =
    conversation === undefined
      ? undefined
      : happeningOf(core, { ...line, command: 'PART', params: [name] })
  if (conversation === undefined || base === undefined) return
  appendLive(core, conversation, { ...base, what: 'invited', whom: nick })
}

/** In the timeline, if we are there. */
function show(core: Core, id: string, line: Line): void {
  const conversation = core.view.conversations.get(id)
  const item = happeningOf(core, line)
  if (conversation !== undefined && item !== undefined) appendLive(core, conversation, item)
}

/** One of the words of 353: prefixes, and a nick, or all of the source. */
export function memberOf(
  core: Core,
  word: string,
): { readonly member: Member; readonly source: string } {
  const prefixes = new Set(core.view.parts.server.ranks.map(({ prefix }) => prefix))
  let at = 0
  while (prefixes.has(word.charAt(at)) && at < word.length) at++
  const source = word.slice(at)
  return { member: { key: foldName(core, nickOf(source)), ranks: word.slice(0, at) }, source }
}
