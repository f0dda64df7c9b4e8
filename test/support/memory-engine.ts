import type {
  ConnectionId,
  DeliveryClass,
  RoomId,
  Submissions,
  Text,
  Variants,
} from '../../src/io/engine.ts'

interface Peer {
  deliveryClass: DeliveryClass
  readonly rooms: Set<RoomId>
  text: string
  closedWith: string | undefined
}

/** The engine's contract without sockets: what each connection would receive, as text. */
export class MemoryEngine implements Submissions {
  readonly peers = new Map<ConnectionId, Peer>()
  barred: readonly string[] = []

  open(connection: ConnectionId): void {
    this.peers.set(connection, {
      deliveryClass: 0,
      rooms: new Set(),
      text: '',
      closedWith: undefined,
    })
  }

  send(connection: ConnectionId, lines: Text): void {
    const peer = this.peers.get(connection)
    if (peer !== undefined && peer.closedWith === undefined) peer.text += decode(lines)
  }

  cast(rooms: readonly RoomId[], variants: Variants, except: ConnectionId): void {
    for (const [id, peer] of this.peers) {
      const lines = variants.get(peer.deliveryClass)
      if (lines === undefined || id === except || peer.closedWith !== undefined) continue
      if (rooms.some((room) => peer.rooms.has(room))) peer.text += decode(lines)
    }
  }

  enter(connection: ConnectionId, room: RoomId): void {
    this.peers.get(connection)?.rooms.add(room)
  }

  leave(connection: ConnectionId, room: RoomId): void {
    this.peers.get(connection)?.rooms.delete(room)
  }

  classify(connection: ConnectionId, deliveryClass: DeliveryClass): void {
    const peer = this.peers.get(connection)
    if (peer !== undefined) peer.deliveryClass = deliveryClass
  }

  close(connection: ConnectionId, farewell: Text, reason: string): void {
    const peer = this.peers.get(connection)
    if (peer === undefined || peer.closedWith !== undefined) return
    peer.text += decode(farewell)
    peer.closedWith = reason
    peer.rooms.clear()
  }

  bar(networks: readonly string[]): void {
    this.barred = networks
  }
}

function decode(bytes: Text): string {
  if (typeof bytes === 'string') return bytes
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}
