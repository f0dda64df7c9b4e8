import {
  disconnect,
  FULL,
  HALF,
  height,
  isBanned,
  isListed,
  leave,
  lower,
  maySpeak,
  nickRefused,
  personOf,
  power,
  roomOf,
  roomRefused,
  type Outcome,
  type Person,
  type Reference,
  type Room,
} from './reference.ts'
import { changeRoom } from './reference-modes.ts'

type Rule = (reference: Reference, by: Person, words: readonly string[]) => boolean | Outcome

/** What a line of a connected person does. A rule answers whether it was refused, or more. */
export function obey(reference: Reference, who: number, line: string): Outcome {
  const by = reference.people[who]
  const words = read(line)
  const rule = RULES[words[0] ?? '']
  if (by === undefined || rule === undefined) throw new Error(`no rule for ${line}`)
  if (words[0] === 'QUIT') disconnect(reference, who)
  const outcome = rule(reference, by, words)
  return typeof outcome === 'boolean' ? { refused: outcome, copies: [] } : outcome
}

function read(line: string): string[] {
  const [head = '', ...rest] = line.replace(/^@\S+ /, '').split(' :')
  const words = head.split(' ').filter(Boolean)
  return rest.length > 0 ? [...words, rest.join(' :')] : words
}

const RULES: Readonly<Record<string, Rule>> = {
  NICK: (reference, by, [, nick = '']) => {
    if (nickRefused(reference, nick, by)) return true
    by.nick = nick
    return false
  },
  JOIN: (reference, by, [, names = '', keys = '']) => {
    if (names === '0') {
      for (const room of reference.rooms.values()) leave(reference, room, by)
      return false
    }
    const given = keys.split(',')
    return anyOf(names, (name, i) => joinRefused(reference, by, name, given[i]))
  },
  PART: (reference, by, [, names = '']) =>
    anyOf(names, (name) => {
      const room = roomOf(reference, name)
      if (room?.members.has(by) !== true) return true
      leave(reference, room, by)
      return false
    }),
  KICK: (reference, by, [, name = '', nicks = '']) =>
    anyOf(nicks, (nick) => {
      const room = roomOf(reference, name)
      const person = personOf(reference, nick)
      if (room === undefined || power(room, by) < HALF) return true
      if (person === undefined || !room.members.has(person)) return true
      if (height(room, person) > power(room, by)) return true
      leave(reference, room, person)
      return false
    }),
  TOPIC: (reference, by, [, name = '', text = '']) => {
    const room = roomOf(reference, name)
    if (room === undefined) return true
    const isKeeper = power(room, by) >= HALF
    if (!isKeeper && !(room.members.has(by) && !room.flags.has('t') && maySpeak(room, by)))
      return true
    room.topic = text
    return false
  },
  MODE: (reference, by, [, target = '', ...words]) => {
    if (!target.startsWith('#')) return changeSelf(reference, by, target, words[0] ?? '')
    const room = roomOf(reference, target)
    return room === undefined ? true : changeRoom(reference, by, room, words)
  },
  INVITE: (reference, by, [, nick = '', name = '']) => {
    const room = roomOf(reference, name)
    const person = personOf(reference, nick)
    if (room === undefined || person === undefined || room.members.has(person)) return true
    const isKeeper = power(room, by) >= HALF
    if (!isKeeper && (!room.members.has(by) || room.flags.has('i'))) return true
    if (isKeeper) person.invitedTo.add(room)
    return false
  },
  RENAME: (reference, by, [, name = '', newName = '']) => {
    const room = roomOf(reference, name)
    if (room === undefined || power(room, by) < FULL) return true
    for (const each of room.members.keys()) if (height(room, each) > power(room, by)) return true
    if (roomRefused(reference, newName, room)) return true
    reference.rooms.delete(lower(room.name))
    room.name = newName
    reference.rooms.set(lower(newName), room)
    return false
  },
  AWAY: (_, by, [, text = '']) => {
    by.away = text === '' ? undefined : text
    return false
  },
  CAP: (_, by, [, , list = '']) => {
    for (const word of list.split(' ')) {
      if (word.startsWith('-')) by.caps.delete(word.slice(1))
      else by.caps.add(word)
    }
    return false
  },
  QUIT: () => false,
  PRIVMSG: say,
  NOTICE: say,
  TAGMSG: say,
}

/** Does something for each of the words between commas; whether any of it was refused. */
function anyOf(list: string, refused: (word: string, i: number) => boolean): boolean {
  const verdicts = list.split(',').map((word, i) => refused(word, i))
  return verdicts.includes(true)
}

function joinRefused(reference: Reference, by: Person, name: string, key?: string): boolean {
  const room = roomOf(reference, name)
  if (room === undefined) {
    if (roomRefused(reference, name)) return true
    reference.rooms.set(lower(name), makeRoom(by, name))
    return false
  }
  if (room.members.has(by)) return false
  if (!by.invitedTo.has(room) && isClosedTo(room, by, key)) return true
  room.members.set(by, new Set(room.founder === by ? 'o' : ''))
  by.invitedTo.delete(room)
  return false
}

function makeRoom(by: Person, name: string): Room {
  return {
    name,
    founder: by,
    members: new Map([[by, new Set('o')]]),
    flags: new Set('nt'),
    key: undefined,
    limit: undefined,
    topic: '',
    lists: { b: new Map(), e: new Map(), I: new Map() },
  }
}

function isClosedTo(room: Room, by: Person, key: string | undefined): boolean {
  if (isBanned(room, by, 'join')) return true
  if (room.flags.has('i') && !isListed(room, 'I', by, 'join')) return true
  // Nobody has an account in these tests.
  if (room.flags.has('R')) return true
  if (room.key !== undefined && room.key !== key) return true
  return room.limit !== undefined && room.members.size >= room.limit
}

function changeSelf(reference: Reference, by: Person, nick: string, letters: string): boolean {
  if (personOf(reference, nick) !== by) return true
  let sign = '+'
  for (const letter of Array.from(letters)) {
    if (letter === '+' || letter === '-') sign = letter
    else if (sign === '+') by.modes.add(letter)
    else by.modes.delete(letter)
  }
  return false
}

function say(reference: Reference, by: Person, words: readonly string[]): Outcome {
  const [command = '', targets = '', text] = words
  const outcome: Outcome = { refused: false, copies: [] }
  // What can't be said is answered, unless it is a NOTICE.
  const once = new Map(targets.split(',').map((target) => [lower(target), target]))
  for (const target of once.values()) {
    const heard = hearersOf(reference, by, target)
    if (heard === undefined) {
      outcome.refused ||= command !== 'NOTICE'
      continue
    }
    const shown = [command, heard.shown, ...(text === undefined ? [] : [`:${text}`])].join(' ')
    const echo = by.caps.has('echo-message') ? [by] : []
    for (const to of [...echo, ...heard.people]) {
      if (command !== 'TAGMSG' || to.caps.has('message-tags'))
        outcome.copies.push({ to, text: shown })
    }
  }
  return outcome
}

interface Hearers {
  readonly shown: string
  readonly people: readonly Person[]
}

const PREFIXES: Readonly<Record<string, number>> = { '~': 5, '&': 4, '@': 3, '%': 2, '+': 1 }

/** Undefined: nobody, and it is refused. */
function hearersOf(reference: Reference, by: Person, target: string): Hearers | undefined {
  if (!target.includes('#')) {
    const person = personOf(reference, target)
    return person === undefined ? undefined : { shown: person.nick, people: [person] }
  }
  const prefix = target.startsWith('#') ? '' : target.slice(0, 1)
  const room = roomOf(reference, target.slice(prefix.length))
  if (room === undefined || !maySpeak(room, by)) return undefined
  const least = PREFIXES[prefix] ?? 0
  const people = [...room.members.keys()].filter(
    (each) => each !== by && height(room, each) >= least,
  )
  return { shown: prefix + room.name, people }
}
