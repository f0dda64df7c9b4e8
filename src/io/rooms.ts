import type { DeliveryClass, RoomId } from './engine.ts'

/** What `Rooms` keeps with each member: its number, its class, and its places. */
export interface Member {
  /** A small number that no other member has at the same time. */
  readonly slot: number
  deliveryClass: DeliveryClass
  readonly places: Place[]
}

/** Where a member stands: at `index` among those of its class in `room`. */
export interface Place {
  readonly room: RoomId
  index: number
}

/** The members of one class in one room: their slots, for the walk of a cast, and themselves. */
interface Group<M> {
  readonly slots: number[]
  readonly members: M[]
}

type Groups<M> = Map<DeliveryClass, Group<M>>

/** Who is in which room, sorted by delivery class, so that a cast is a walk over an array of numbers. */
export class Rooms<M extends Member> {
  readonly #rooms = new Map<RoomId, Groups<M>>()

  enter(member: M, room: RoomId): void {
    if (member.places.some((place) => place.room === room)) return
    let groups = this.#rooms.get(room)
    if (groups === undefined) this.#rooms.set(room, (groups = new Map()))
    const place = { room, index: 0 }
    member.places.push(place)
    put(groups, member, place)
  }

  leave(member: M, room: RoomId): void {
    const at = member.places.findIndex((place) => place.room === room)
    const place = member.places[at]
    const groups = this.#rooms.get(room)
    if (place === undefined || groups === undefined) return
    member.places.splice(at, 1)
    take(groups, member, place)
    if (groups.size === 0) this.#rooms.delete(room)
  }

  leaveAll(member: M): void {
    for (const { room } of member.places.slice()) this.leave(member, room)
  }

  classify(member: M, deliveryClass: DeliveryClass): void {
    if (member.deliveryClass === deliveryClass) return
    for (const place of member.places) {
      const groups = this.#rooms.get(place.room)
      if (groups !== undefined) take(groups, member, place)
    }
    member.deliveryClass = deliveryClass
    for (const place of member.places) {
      const groups = this.#rooms.get(place.room)
      if (groups !== undefined) put(groups, member, place)
    }
  }

  /** The slots of those in any of these rooms who have this class, each once. Only good until the next change. */
  slotsOf(rooms: readonly RoomId[], deliveryClass: DeliveryClass): readonly number[] {
    const [first, ...others] = rooms
    if (first === undefined) return NOBODY
    if (others.length === 0) return this.#rooms.get(first)?.get(deliveryClass)?.slots ?? NOBODY
    const slots = new Set<number>()
    for (const room of rooms) {
      for (const slot of this.#rooms.get(room)?.get(deliveryClass)?.slots ?? NOBODY) slots.add(slot)
    }
    return [...slots]
  }

  get size(): number {
    return this.#rooms.size
  }
}

const NOBODY: readonly number[] = []

function put<M extends Member>(groups: Groups<M>, member: M, place: Place): void {
  let group = groups.get(member.deliveryClass)
  if (group === undefined) {
    group = { slots: [], members: [] }
    groups.set(member.deliveryClass, group)
  }
  place.index = group.slots.length
  group.slots.push(member.slot)
  group.members.push(member)
}

/** The last one takes the place of the one who goes. */
function take<M extends Member>(groups: Groups<M>, member: M, place: Place): void {
  const group = groups.get(member.deliveryClass)
  const last = group?.members.pop()
  group?.slots.pop()
  if (group === undefined || last === undefined) return
  if (last !== member) {
    group.members[place.index] = last
    group.slots[place.index] = last.slot
    const moved = last.places.find((other) => other.room === place.room)
    if (moved !== undefined) moved.index = place.index
  }
  if (group.members.length === 0) groups.delete(member.deliveryClass)
}
