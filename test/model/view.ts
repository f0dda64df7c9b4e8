import assert from 'node:assert/strict'
import { parseMessage, type Message } from '../../src/protocol/message.ts'

/** What a client believes of the rooms that it is in, from nothing but the lines that it received. */
export interface View {
  nick: string
  /** It knows multi-prefix; others are shown the highest rank alone. */
  readonly seesAllRanks: boolean
  readonly rooms: Map<string, RoomView>
}

export interface RoomView {
  name: string
  /** Nick → the letters of the ranks. */
  readonly members: Map<string, Set<string>>
  readonly flags: Set<string>
  key: string | undefined
  limit: string | undefined
  topic: string
  readonly bans: Set<string>
  /** Whether the client has asked for the modes. */
  isKnown: boolean
}

const PREFIXES: Readonly<Record<string, string>> = {
  '~': 'q',
  '&': 'a',
  '@': 'o',
  '%': 'h',
  '+': 'v',
}

const lower = (text: string): string => text.replaceAll(/[A-Z]/g, (c) => c.toLowerCase())

export function see(view: View, line: string): void {
  const message = parseMessage(line)
  assert.ok(message !== undefined, line)
  const by = (message.source ?? '').split('!')[0] ?? ''
  SEES[message.command]?.(view, by, message)
}

type Seer = (view: View, by: string, message: Message) => void

const SEES: Readonly<Record<string, Seer>> = {
  '001': (view, _, { params }) => {
    view.nick = params[0] ?? ''
  },
  JOIN: (view, by, { params: [name = ''] }) => {
    if (by !== view.nick) return meet(roomOf(view, name), by)
    assert.ok(!view.rooms.has(lower(name)), `joined ${name} twice`)
    view.rooms.set(lower(name), emptyRoom(name))
  },
  PART: (view, by, { params: [name = ''] }) => lose(view, name, by),
  KICK: (view, _, { params: [name = '', nick = ''] }) => lose(view, name, nick),
  QUIT: (view, by) => {
    let shared = 0
    for (const room of view.rooms.values()) if (room.members.delete(by)) shared++
    assert.ok(shared > 0, `${view.nick} hears that ${by} quit, whom they can't see`)
  },
  NICK: (view, by, { params: [nick = ''] }) => {
    for (const room of view.rooms.values()) {
      const ranks = room.members.get(by)
      if (ranks === undefined) continue
      room.members.delete(by)
      room.members.set(nick, ranks)
    }
    if (by === view.nick) view.nick = nick
  },
  TOPIC: (view, _, { params: [name = '', text = ''] }) => {
    roomOf(view, name).topic = text
  },
  RENAME: (view, _, { params: [name = '', newName = ''] }) => {
    const room = roomOf(view, name)
    view.rooms.delete(lower(name))
    room.name = newName
    view.rooms.set(lower(newName), room)
  },
  MODE: (view, _, { params: [name = '', ...words] }) => {
    if (name.startsWith('#')) changeModes(roomOf(view, name), words)
  },
  '324': (view, _, { params: [, name = '', ...words] }) => changeModes(roomOf(view, name), words),
  '332': (view, _, { params: [, name = '', text = ''] }) => {
    roomOf(view, name).topic = text
  },
  '353': (view, _, { params: [, , name = '', entries = ''] }) => {
    for (const entry of entries.split(' ')) {
      const [, prefixes = '', nick = ''] = /^([~&@%+]*)([^!]*)/.exec(entry) ?? []
      const ranks = Array.from(prefixes, (prefix) => PREFIXES[prefix] ?? '')
      roomOf(view, name).members.set(nick, new Set(ranks))
    }
  },
  '367': (view, _, { params: [, name = '', mask = ''] }) => {
    roomOf(view, name).bans.add(mask)
  },
}

function roomOf(view: View, name: string): RoomView {
  const room = view.rooms.get(lower(name))
  assert.ok(room !== undefined, `${view.nick} hears of ${name} without being there`)
  return room
}

function emptyRoom(name: string): RoomView {
  return {
    name,
    members: new Map(),
    flags: new Set(),
    key: undefined,
    limit: undefined,
    topic: '',
    bans: new Set(),
    isKnown: false,
  }
}

function meet(room: RoomView, nick: string): void {
  assert.ok(!room.members.has(nick), `${nick} joined ${room.name} twice`)
  room.members.set(nick, new Set())
}

function lose(view: View, name: string, nick: string): void {
  const room = roomOf(view, name)
  assert.ok(room.members.delete(nick), `${nick} left ${name} without being there`)
  if (nick === view.nick) view.rooms.delete(lower(name))
}

function changeModes(room: RoomView, [letters = '', ...args]: readonly string[]): void {
  let sign = '+'
  for (const mode of Array.from(letters)) {
    if (mode === '+' || mode === '-') {
      sign = mode
      continue
    }
    const takes = 'qaohvbeIk'.includes(mode) || (mode === 'l' && sign === '+')
    changeMode(room, { isSet: sign === '+', mode, argument: takes ? args.shift() : undefined })
  }
}

interface Change {
  readonly isSet: boolean
  readonly mode: string
  readonly argument: string | undefined
}

function changeMode(room: RoomView, { isSet, mode, argument = '' }: Change): void {
  if ('qaohv'.includes(mode)) {
    const ranks = room.members.get(argument)
    assert.ok(ranks !== undefined, `a rank in ${room.name} for ${argument}, who isn't there`)
    return put(ranks, mode, isSet)
  }
  if (mode === 'b') put(room.bans, argument, isSet)
  else if (mode === 'k') room.key = isSet ? argument : undefined
  else if (mode === 'l') room.limit = isSet ? argument : undefined
  else if (!'eI'.includes(mode)) put(room.flags, mode, isSet)
}

function put(set: Set<string>, word: string, isIn: boolean): void {
  if (isIn) set.add(word)
  else set.delete(word)
}
