import type { ConnectionId, RoomId } from './engine.ts'

/** Which workers have members of which room, so that a cast goes only where somebody hears it. */
export class RoomPlaces {
  readonly #workers: number
  /** Members of each room, worker by worker. */
  readonly #counts = new Map<RoomId, Uint32Array>()
  readonly #rooms = new Map<ConnectionId, RoomId[]>()

  constructor(workers: number) {
    this.#workers = workers
  }

  enter(connection: ConnectionId, room: RoomId, worker: number): void {
    const rooms = this.#rooms.get(connection)
    if (rooms === undefined) this.#rooms.set(connection, [room])
    else if (rooms.includes(room)) return
    else rooms.push(room)
    let counts = this.#counts.get(room)
    if (counts === undefined) {
      counts = new Uint32Array(this.#workers)
      this.#counts.set(room, counts)
    }
    counts[worker] = (counts[worker] ?? 0) + 1
  }

  leave(connection: ConnectionId, room: RoomId, worker: number): void {
    const rooms = this.#rooms.get(connection)
    const at = rooms?.indexOf(room) ?? -1
    if (rooms === undefined || at < 0) return
    rooms.splice(at, 1)
    if (rooms.length === 0) this.#rooms.delete(connection)
    this.#countDown(room, worker)
  }

  /** The connection is gone. */
  forget(connection: ConnectionId, worker: number): void {
    for (const room of this.#rooms.get(connection) ?? []) this.#countDown(room, worker)
    this.#rooms.delete(connection)
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
