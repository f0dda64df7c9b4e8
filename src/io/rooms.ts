import type { DeliveryClass, RoomId } from './engine.ts'

/** What `Rooms` keeps with each member: its delivery class, its places, and the last cast that it heard. */
export interface Member {
  deliveryClass: DeliveryClass
  readonly places: Place[]
  lastCast: number
}

/** Where a member stands: at `index` among those of its class in `room`. */
export interface Place {
  readonly room: RoomId
  index: number
}

type Classes<M> = Map<DeliveryClass, M[]>

/** Who is in which room, sorted by delivery class, so that a cast is a walk over arrays. */
export class Rooms<M extends Member> {
  readonly #rooms = new Map<RoomId, Classes<M>>()
  #casts = 0

  enter(member: M, room: RoomId): void {
    if (member.places.some((place) => place.room === room)) return
    let classes = this.#rooms.get(room)
    if (classes === undefined) this.#rooms.set(room, (classes = new Map()))
    const place = { room, index: 0 }
    member.places.push(place)
    put(classes, member, place)
  }

  leave(member: M, room: RoomId): void {
    const at = member.places.findIndex((place) => place.room === room)
    const place = member.places[at]
    if (place === undefined) return
    member.places.splice(at, 1)
    const classes = this.#rooms.get(room)
    if (classes === undefined) return
    take(classes, member, place)
    if (classes.size === 0) this.#rooms.delete(room)
  }

  leaveAll(member: M): void {
    while (member.places.length > 0) this.leave(member, member.places[0]?.room ?? 0)
  }

  classify(member: M, deliveryClass: DeliveryClass): void {
    if (member.deliveryClass === deliveryClass) return
    for (const place of member.places) {
      const classes = this.#rooms.get(place.room)
      if (classes !== undefined) take(classes, member, place)
    }
    member.deliveryClass = deliveryClass
    for (const place of member.places) {
      const classes = this.#rooms.get(place.room)
      if (classes !== undefined) put(classes, member, place)
    }
  }

  /** The members of one room who have this class. Only good until the next change. */
  membersOf(room: RoomId, deliveryClass: DeliveryClass): readonly M[] {
    return this.#rooms.get(room)?.get(deliveryClass) ?? []
  }

  /** The same for several rooms, each member once within one `cast`, which `nextCast` begins. */
  *membersOfAny(rooms: readonly RoomId[], deliveryClass: DeliveryClass): Iterable<M> {
    for (const room of rooms) {
      for (const member of this.membersOf(room, deliveryClass)) {
        if (member.lastCast === this.#casts) continue
        member.lastCast = this.#casts
        yield member
      }
    }
  }

  nextCast(): void {
    this.#casts++
  }

  get size(): number {
    return this.#rooms.size
  }
}

function put<M extends Member>(classes: Classes<M>, member: M, place: Place): void {
  const members = classes.get(member.deliveryClass)
  if (members === undefined) {
    classes.set(member.deliveryClass, [member])
    place.index = 0
    return
  }
  place.index = members.length
  members.push(member)
}

/** The last one takes the place of the one who goes. */
function take<M extends Member>(classes: Classes<M>, member: M, place: Place): void {
  const members = classes.get(member.deliveryClass)
  const last = members?.pop()
  if (members === undefined || last === undefined) return
  if (last !== member) {
    members[place.index] = last
    const moved = last.places.find((other) => other.room === place.room)
    if (moved !== undefined) moved.index = place.index
  }
  if (members.length === 0) classes.delete(member.deliveryClass)
}
