/** What becomes known of people: away, accounts, hosts, names, metadata, presence. */
import type { Message as Line } from '../protocol/message.ts'
import { findConversation } from './conversations.ts'
import {
  foldName,
  hasCap,
  isRoom,
  isSelf,
  send,
  setConversation,
  setSelf,
  type Core,
} from './core.ts'
import { nickOf, userHostOf } from './fold.ts'
import type { Conversation } from './model.ts'
import { learnPerson, prunePerson, withMetadata } from './people.ts'
import { wantWho } from './who.ts'

export function takeAway(core: Core, line: Line): void {
  const nick = nickOf(line.source)
  const text = line.params[0]
  if (isSelf(core, nick)) return setOwnAway(core, text)
  if (!isKnown(core, nick)) return
  learnPerson(core, nick, { away: text, presence: text === undefined ? 'here' : 'away' })
}

export function setOwnAway(core: Core, text: string | undefined): void {
  const { away: _away, ...rest } = core.view.parts.self
  core.view.set('self', text === undefined ? rest : { ...rest, away: text })
  learnPerson(core, rest.nick, { away: text, presence: text === undefined ? 'here' : 'away' })
}

export function takeAccountLine(core: Core, line: Line): void {
  const nick = nickOf(line.source)
  const account = line.params[0] === '*' ? undefined : line.params[0]
  if (isKnown(core, nick)) learnPerson(core, nick, { account })
}

export function takeChghost(core: Core, line: Line): void {
  const nick = nickOf(line.source)
  const [userName, host] = line.params
  if (userName === undefined || host === undefined) return
  if (isSelf(core, nick)) setSelf(core, { userName, host })
  if (isKnown(core, nick)) learnPerson(core, nick, { userName, host })
}

export function takeSetname(core: Core, line: Line): void {
  const nick = nickOf(line.source)
  const realName = line.params[0] ?? ''
  if (isSelf(core, nick)) setSelf(core, { realName })
  if (isKnown(core, nick)) learnPerson(core, nick, { realName })
}

/** `METADATA <target> <key> <visibility> [<value>]`, 761 and 766. https://ircv3.net/specs/extensions/metadata */
export function takeMetadata(
  core: Core,
  [target = '', key = '', , value]: readonly string[],
): void {
  if (key === '') return
  if (isRoom(core, target)) return takeRoomMetadata(core, target, key, value)
  const isOurs = target === '*' || isSelf(core, target)
  const { self } = core.view.parts
  const own = isOurs ? withMetadata(self.metadata, key, value) : undefined
  if (own !== undefined) setSelf(core, { metadata: own })
  const person = core.view.people.get(isOurs ? self.key : foldName(core, target))
  if (person === undefined) return
  const metadata = withMetadata(person.metadata, key, value)
  if (metadata !== undefined) learnPerson(core, person.nick, { metadata })
}

function takeRoomMetadata(
  core: Core,
  target: string,
  key: string,
  value: string | undefined,
): void {
  const conversation = findConversation(core, target)
  if (conversation === undefined) return
  const metadata = withMetadata(conversation.metadata, key, value)
  if (metadata !== undefined) setConversation(core, conversation.id, { metadata })
}

/** 730 and 731. https://ircv3.net/specs/extensions/monitor */
export function takeMonitor(core: Core, targets: string, presence: 'here' | 'gone'): void {
  for (const source of targets.split(',')) {
    const nick = nickOf(source)
    const person = core.view.people.get(foldName(core, nick))
    if (person === undefined) continue
    const isAway = presence === 'here' && person.away !== undefined
    const isNew = person.presence === 'unknown' || person.presence === 'gone'
    learnPerson(core, nick, { ...userHostOf(source), presence: isAway ? 'away' : presence })
    const conversation = findConversation(core, nick)
    // Whether they are away is told when it changes, and not when they come.
    if (presence === 'here' && isNew && conversation?.kind === 'direct')
      askAgain(core, conversation)
  }
}

function askAgain(core: Core, conversation: Conversation): void {
  if (!hasCap(core, 'away-notify') || !hasCap(core, 'extended-monitor')) return
  core.link.who.asked.delete(conversation.id)
  wantWho(core, conversation)
}

/** Wants to hear when the other one of a direct conversation comes and goes. */
export function watchPerson(core: Core, nick: string): void {
  if (core.link.stage !== 'ready' || !core.view.parts.server.can.monitor) return
  send(core, { command: 'MONITOR', params: ['+', nick] })
}

export function unwatchPerson(core: Core, nick: string): void {
  if (core.view.parts.server.can.monitor) send(core, { command: 'MONITOR', params: ['-', nick] })
  prunePerson(core, foldName(core, nick))
}

function isKnown(core: Core, nick: string): boolean {
  return core.view.people.has(foldName(core, nick))
}
