import type { DeliveryClass, RoomId } from '../io/engine.ts'

/** How many connections of which delivery class are in each room, so that a cast is rendered for those alone. */
export class RoomClasses {
  readonly #rooms = new Map<RoomId, Map<DeliveryClass, number>>()

  enter(room: RoomId, deliveryClass: DeliveryClass): void {
    let counts = this.#rooms.get(room)
    if (counts === undefined) {
      counts = new Map()
      this.#rooms.set(room, counts)
    }
    counts.set(deliveryClass, (counts.get(deliveryClass) ?? 0) + 1)
  }

  leave(room: RoomId, deliveryClass: DeliveryClass): void {
    const counts = this.#rooms.get(room)
    const count = counts?.get(deliveryClass) ?? 0
    if (counts === undefined) return
    if (count > 1) counts.set(deliveryClass, count - 1)
    else counts.delete(deliveryClass)
    if (counts.size === 0) this.#rooms.delete(room)
  }

  /** The classes in any of these rooms. */
  in(rooms: readonly RoomId[]): Iterable<DeliveryClass> {
    if (rooms.length === 1) return this.#rooms.get(rooms[0] ?? 0)?.keys() ?? []
    const classes = new Set<DeliveryClass>()
    for (const room of rooms)
      for (const each of this.#rooms.get(room)?.keys() ?? []) classes.add(each)
    return classes
  }
}
