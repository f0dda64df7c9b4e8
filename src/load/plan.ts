export type Storm = 'join' | 'reconnect'

/** What a load is to be. */
export interface Plan {
  readonly host: string
  readonly port: number
  readonly transport: 'tcp' | 'websocket'
  readonly tls: 'off' | 'verified' | 'unverified'
  /** Path of the WebSocket. */
  readonly path: string
  readonly clients: number
  readonly rooms: number
  /** Clients of each room that send. */
  readonly senders: number
  /** Messages that each sender keeps in flight. */
  readonly window: number
  /** Length of each message's text. */
  readonly textBytes: number
  readonly durationMs: number
  /** `tagged`: asks for the capabilities that put tags on every message, and for echo-message. */
  readonly lines: 'plain' | 'tagged'
  readonly storm: Storm | undefined
  readonly threads: number
  /** `many`: source addresses 127.0.x.y, so that no limit per address is met and ports do not run out. */
  readonly sources: 'one' | 'many'
}

/**
 * The room of a client, and the thread that runs it. A room's clients stay in one thread, unless there
 * are more threads than rooms: then a room is dealt over several, and each of them gives it senders and
 * an observer of its own, so that a sender's credit never has to cross threads.
 */
export function placeOf(
  client: number,
  { rooms, threads }: Pick<Plan, 'rooms' | 'threads'>,
): { readonly room: number; readonly thread: number } {
  const room = client % rooms
  if (rooms >= threads) return { room, thread: room % threads }
  const place = Math.floor(client / rooms)
  return { room, thread: room + rooms * (place % threadsOf(room, rooms, threads)) }
}

/** How many senders of `room` the thread provides; all threads' shares add up to `senders`. */
export function sendersOf(
  room: number,
  thread: number,
  { rooms, threads, senders }: Pick<Plan, 'rooms' | 'threads' | 'senders'>,
): number {
  if (rooms >= threads) return room % threads === thread ? senders : 0
  if (thread % rooms !== room) return 0
  const sharers = threadsOf(room, rooms, threads)
  const rank = (thread - room) / rooms
  return Math.floor(senders / sharers) + (rank < senders % sharers ? 1 : 0)
}

/** The threads `room`, `room + rooms`, `room + 2 × rooms`, … */
function threadsOf(room: number, rooms: number, threads: number): number {
  return Math.ceil((threads - room) / rooms)
}
