import type { ConnectionId, RoomId } from './engine.ts'

/** Which workers have members of which room, so that a cast goes only where somebody hears it. */
export class RoomPlaces {
  readonly #workers: number
  /** Members of each room, worker by worker. */
  readonly #counts = new Map<RoomId, Uint32Array>()
  /** Of every connection that is open. */
  readonly #rooms = new Map<ConnectionId, readonly RoomId[]>()

  constructor(workers: number) {
    this.#workers = workers
  }

  open(connection: ConnectionId): void {
    this.#rooms.set(connection, NO_ROOMS)
  }

  /** Who has closed enters no more: the core may be handling what was said before, and nobody would count down again. */
  enter(connection: ConnectionId, room: RoomId, worker: number): void {
    const rooms = this.#rooms.get(connection)
    if (rooms === undefined || rooms.includes(room)) return
    this.#rooms.set(connection, [...rooms, room])
    let counts = this.#counts.get(room)
    if (counts === undefined) {
      counts = new Uint32Array(this.#workers)
      this.#counts.set(room, counts)
    }
    counts[worker] = (counts[worker] ?? 0) + 1
  }

  leave(connection: ConnectionId, room: RoomId, worker: number): void {
    const rooms = this.#rooms.get(connection)
    if (rooms === undefined || !rooms.includes(room)) return
    const others = rooms.filter((other) => other !== room)
    this.#rooms.set(connection, others.length === 0 ? NO_ROOMS : others)
    this.#countDown(room, worker)
  }

  /** The connection is gone. */
  forget(connection: ConnectionId, worker: number): void {
    for (const room of this.#rooms.get(connection) ?? []) this.#countDown(room, worker)
    this.#rooms.delete(connection)
  }

  /** Rooms that somebody is in. */
  get size(): number {
    return this.#counts.size
  }

  has(room: RoomId, worker: number): boolean {
    return (this.#counts.get(room)?.[worker] ?? 0) > 0
  }

  #countDown(room: RoomId, worker: number): void {
    const counts = this.#counts.get(room)
    if (counts === undefined) return
    counts[worker] = (counts[worker] ?? 1) - 1
    if (counts.every((count) => count === 0)) this.#counts.delete(room)
  }
}

const NO_ROOMS: readonly RoomId[] = []
