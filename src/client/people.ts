/** Who is known: those we share a room with, talk to, or are. */
import type { Message as Line } from '../protocol/message.ts'
import { foldName, isSelf, renameConversation, setSelf, type Core } from './core.ts'
import { nickOf, userHostOf } from './fold.ts'
import type { Metadata, Person } from './model.ts'
import { MOST } from './most.ts'
import type { Author } from './timeline.ts'

/** Learns something of somebody, whom it makes known. */
export function learnPerson(
  core: Core,
  nick: string,
  part: { readonly [K in keyof Person]?: Person[K] | undefined },
): void {
  const key = foldName(core, nick)
  const known = core.view.people.get(key)
  if (nick === '' || (known === undefined && core.view.people.size >= MOST.people)) return
  const base: Person = known ?? { key, nick, isBot: false, presence: 'unknown', metadata: {} }
  const next = defined({ ...base, nick, ...part })
  if (known === undefined || isDifferent(known, next)) core.view.people.set(key, next)
}

/** The source of a line says who somebody is. */
export function learnSource(core: Core, line: Line): void {
  const nick = nickOf(line.source)
  const key = foldName(core, nick)
  if (!core.view.people.has(key)) return
  const account = line.tags?.get('account')
  learnPerson(core, nick, {
    ...userHostOf(line.source),
    ...(account === undefined ? {} : { account }),
    ...(line.tags?.has('bot') === true ? { isBot: true } : {}),
  })
}

/** As the line says it. */
export function authorOf(core: Core, line: Line): Author {
  const nick = nickOf(line.source)
  const account = line.tags?.get('account')
  return {
    nick,
    key: foldName(core, nick),
    ...(account === undefined ? {} : { account }),
    isBot: line.tags?.has('bot') === true,
    isSelf: isSelf(core, nick),
  }
}

/** Forgets somebody whom nothing connects with us any more. */
export function prunePerson(core: Core, key: string): void {
  if (key === core.view.parts.self.key || !core.view.people.has(key)) return
  for (const conversation of core.view.conversations.values()) {
    if (conversation.kind === 'direct' && foldName(core, conversation.name) === key) return
    if (conversation.kind === 'room' && core.view.members(conversation.id).has(key)) return
  }
  core.view.people.delete(key)
}

/** Somebody has another nick: in all rooms, in their direct conversation, and perhaps it is us. */
export function renamePerson(core: Core, from: string, to: string): void {
  const [before, after] = [foldName(core, from), foldName(core, to)]
  const person = core.view.people.get(before)
  if (before === core.view.parts.self.key) setSelf(core, { nick: to, key: after })
  if (before !== after) core.view.people.delete(before)
  if (person !== undefined) core.view.people.set(after, { ...person, key: after, nick: to })
  for (const { id, kind, name } of core.view.conversations.values()) {
    const members = core.view.members(id)
    const member = members.get(before)
    if (member !== undefined && before !== after) {
      members.delete(before)
      members.set(after, { ...member, key: after })
    }
    if (kind === 'direct' && foldName(core, name) === before) renameConversation(core, id, to)
  }
}

/** With a key of `metadata`; undefined takes it away. Undefined in all: nothing would change, or it is too much. */
export function withMetadata(
  metadata: Metadata,
  key: string,
  value: string | undefined,
): Metadata | undefined {
  const had = Object.hasOwn(metadata, key)
  if (value === undefined) {
    if (!had) return undefined
    return Object.fromEntries(Object.entries(metadata).filter(([name]) => name !== key))
  }
  if (!had && Object.keys(metadata).length >= MOST.metadataKeys) return undefined
  if (key === '__proto__') return undefined
  return { ...metadata, [key]: value.slice(0, MOST.metadataCharacters) }
}

function defined(person: { readonly [K in keyof Person]: Person[K] | undefined }): Person {
  return Object.fromEntries(
    Object.entries(person).filter(([, value]) => value !== undefined),
  ) as unknown as Person
}

function isDifferent(a: Person, b: Person): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Person>
  for (const key of keys) if (a[key] !== b[key]) return true
  return false
}
