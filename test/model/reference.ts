/**
 * What a chat network is, written a second time and as simply as possible: from the documentation of IRC
 * (https://modern.ircdocs.horse) and Maru's own (docs/commands.md), and not from the server's source. It
 * is slow, knows few commands, and shares no code with the server.
 */

export interface Person {
  nick: string
  readonly userName: string
  readonly caps: Set<string>
  readonly modes: Set<string>
  away: string | undefined
  readonly invitedTo: Set<Room>
}

export interface Room {
  name: string
  /** Who made it. It is theirs as long as it lives and they are an operator in it. */
  readonly founder: Person
  readonly members: Map<Person, Set<string>>
  readonly flags: Set<string>
  key: string | undefined
  limit: number | undefined
  topic: string
  /** b, e and I: mask in lower case → as it was set. */
  readonly lists: Readonly<Record<string, Map<string, string>>>
}

export interface Reference {
  /** By the number of the actor; undefined: not connected. */
  readonly people: (Person | undefined)[]
  readonly rooms: Map<string, Room>
}

/** One copy of a message for one receiver: `PRIVMSG #art :hi`. */
export interface Copy {
  readonly to: Person
  readonly text: string
}

export interface Outcome {
  refused: boolean
  readonly copies: Copy[]
}

export const lower = (text: string): string => text.replaceAll(/[A-Z]/g, (c) => c.toLowerCase())

/** The only letters in these tests that look like others are Cyrillic. */
const CYRILLIC: Readonly<Record<string, string>> = { о: 'o', а: 'a' }
const look = (text: string): string => lower(text).replaceAll(/[оа]/g, (c) => CYRILLIC[c] ?? c)

export function connect(
  reference: Reference,
  who: number,
  wanted: string,
  caps: readonly string[],
) {
  const nick = nickRefused(reference, wanted) ? `guest${who}` : wanted
  reference.people[who] = {
    nick,
    userName: `~u${who}`,
    caps: new Set(caps),
    modes: new Set('i'),
    away: undefined,
    invitedTo: new Set(),
  }
}

export function disconnect(reference: Reference, who: number): void {
  const person = reference.people[who]
  if (person === undefined) return
  reference.people[who] = undefined
  for (const room of reference.rooms.values()) leave(reference, room, person)
}

export function leave({ rooms }: Reference, room: Room, person: Person): void {
  room.members.delete(person)
  if (room.members.size === 0) rooms.delete(lower(room.name))
}

export function nickRefused({ people }: Reference, nick: string, mine?: Person): boolean {
  if (!/^[^\d-]/.test(nick)) return true
  return people.some((other) => other && other !== mine && look(other.nick) === look(nick))
}

export function roomRefused({ rooms }: Reference, name: string, mine?: Room): boolean {
  if (!/^#[^*?]*$/.test(name)) return true
  return [...rooms.values()].some((other) => other !== mine && look(other.name) === look(name))
}

export function roomOf({ rooms }: Reference, name: string): Room | undefined {
  return rooms.get(lower(name))
}

export function personOf({ people }: Reference, nick: string): Person | undefined {
  return people.find((person) => person !== undefined && lower(person.nick) === lower(nick))
}

const HEIGHTS: Readonly<Record<string, number>> = { q: 5, a: 4, o: 3, h: 2, v: 1 }
export const VOICED = 1
export const HALF = 2
export const FULL = 3
export const FOUNDING = 5

/** How high somebody stands in a room: 0 for no rank, and for those who aren't there. */
export function height(room: Room, person: Person): number {
  return Math.max(0, ...[...(room.members.get(person) ?? [])].map((rank) => HEIGHTS[rank] ?? 0))
}

/** What somebody may do there: as they stand, and everything if they made the room. */
export function power(room: Room, person: Person): number {
  const shown = height(room, person)
  return room.founder === person && shown >= FULL ? FOUNDING : shown
}

export function isListed(room: Room, list: string, person: Person, purpose: 'join' | 'speak') {
  return [...(room.lists[list]?.values() ?? [])].some((mask) => {
    if (!mask.startsWith('~m:')) return fits(mask, person)
    return purpose === 'speak' && fits(mask.slice('~m:'.length), person)
  })
}

export function isBanned(room: Room, person: Person, purpose: 'join' | 'speak'): boolean {
  return isListed(room, 'b', person, purpose) && !isListed(room, 'e', person, purpose)
}

/** Masks here say nothing of the host. */
function fits(mask: string, { nick, userName }: Person): boolean {
  const pattern = lower(mask)
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
  return new RegExp(`^${pattern}$`, 'u').test(lower(`${nick}!${userName}@host`))
}

export function maySpeak(room: Room, person: Person): boolean {
  if (!room.members.has(person) && room.flags.has('n')) return false
  if (height(room, person) >= VOICED) return true
  // Nobody has an account in these tests: +M is as +m.
  return !room.flags.has('m') && !room.flags.has('M') && !isBanned(room, person, 'speak')
}
