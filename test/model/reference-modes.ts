import { FOUNDING, FULL, HALF, height, lower, power, personOf } from './reference.ts'
import type { Outcome, Person, Reference, Room } from './reference.ts'

const RANKS = 'qaohv'
const LISTS = 'beI'
const FLAGS = 'CMRimnst'
const LEAST: Readonly<Record<string, number>> = { q: FOUNDING, a: FOUNDING, o: FULL, h: FULL }

interface Asked {
  readonly by: Person
  readonly room: Room
  /** The powers when the line came: what it changes gives no rights to the rest of it. */
  readonly powers: ReadonlyMap<Person, number>
  /** What the members showed then: that is what protects them. */
  readonly heights: ReadonlyMap<Person, number>
  /** The masks on its lists then: one that the line takes away and puts back is the same, however it is written now. */
  readonly masks: ReadonlyMap<string, ReadonlyMap<string, string>>
}

interface Change {
  readonly sign: string
  readonly mode: string
  readonly argument: string | undefined
}

/** `MODE #room +ov-b …`, each change on its own. */
export function changeRoom(reference: Reference, by: Person, room: Room, words: readonly string[]) {
  const outcome: Outcome = { refused: false, copies: [] }
  const members = [...room.members.keys()]
  const powers = new Map(members.map((each) => [each, power(room, each)]))
  const heights = new Map(members.map((each) => [each, height(room, each)]))
  const masks = new Map(Object.entries(room.lists).map(([mode, list]) => [mode, new Map(list)]))
  const asked = { by, room, powers, heights, masks }
  const [letters = '', ...args] = words
  let sign = '+'
  for (const mode of Array.from(letters)) {
    if (mode === '+' || mode === '-') {
      sign = mode
      continue
    }
    const takes = RANKS.includes(mode) || LISTS.includes(mode) || mode === 'k'
    const argument = takes || (mode === 'l' && sign === '+') ? args.shift() : undefined
    const change = { sign, mode, argument }
    if (!changeOne(reference, asked, change)) outcome.refused = true
  }
  return outcome
}

function changeOne(reference: Reference, asked: Asked, change: Change): boolean {
  const { room } = asked
  if (RANKS.includes(change.mode)) return changeRank(reference, asked, change)
  if ((asked.powers.get(asked.by) ?? 0) < HALF) return false
  if (LISTS.includes(change.mode)) return changeList(asked, change)
  if (FLAGS.includes(change.mode)) return put(room.flags, change)
  if (change.mode === 'k') return changeKey(room, change)
  return change.mode === 'l' && changeLimit(room, change)
}

function put(letters: Set<string>, { sign, mode }: Change): true {
  if (sign === '+') letters.add(mode)
  else letters.delete(mode)
  return true
}

function changeKey(room: Room, { sign, argument = ',' }: Change): boolean {
  if (sign === '+' && argument.includes(',')) return false
  room.key = sign === '+' ? argument : undefined
  return true
}

function changeLimit(room: Room, { sign, argument = '' }: Change): boolean {
  if (sign === '+' && !/^[1-9]\d*$/.test(argument)) return false
  room.limit = sign === '+' ? Number(argument) : undefined
  return true
}

function changeRank(reference: Reference, asked: Asked, change: Change): boolean {
  const { by, room, powers, heights } = asked
  const target = personOf(reference, change.argument ?? '')
  const ranks = target && room.members.get(target)
  const mine = powers.get(by) ?? 0
  if (target === undefined || ranks === undefined || (heights.get(target) ?? 0) > mine) return false
  const isOwnToLayDown = target === by && change.sign === '-'
  if (!isOwnToLayDown && mine < (LEAST[change.mode] ?? HALF)) return false
  return put(ranks, change)
}

function changeList({ room, masks }: Asked, { sign, mode, argument = '' }: Change): boolean {
  if (mode === 'I' && argument.startsWith('~m:')) return false
  const mask = maskOf(argument)
  const list = room.lists[mode] ?? new Map<string, string>()
  const key = lower(mask)
  if (sign === '-') list.delete(key)
  else if (!list.has(key)) list.set(key, masks.get(mode)?.get(key) ?? mask)
  return true
}

function maskOf(argument: string): string {
  const [, mute = '', bare = ''] = /^(~m:)?(.*)$/s.exec(argument) ?? []
  return mute + (bare.includes('!') ? bare : `${bare}!*@*`)
}
