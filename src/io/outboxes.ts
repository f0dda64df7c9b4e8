import type { Text } from './engine.ts'
import { Slab } from './slab.ts'

/**
 * What each connection is to receive at the end of this turn, as chains of shared segments.
 *
 * An outbox is a place in a tree of links. Appending the same segment at the same link gives the same
 * link (each remembers its last child), so a hundred members who heard the same things this turn stand
 * at one link, and its bytes are put together once for all of them. Connections are small numbers here
 * ("slots") and links are indices: a fan-out to a room is a walk over two arrays of integers, without an
 * object touched or made. That walk is the hottest loop of the server.
 */
export class Outboxes {
  /** Slot → link; 0, the empty chain, for those that have nothing to receive. */
  #tails = new Int32Array(FIRST_SLOTS)
  /** The slots whose tail isn't 0, in the order of their first segment. */
  #dirty: number[] = []
  /** Of the links, by their index: the arrays stay and are used again, so that no turn has to grow them. */
  readonly #segments: Text[] = ['']
  readonly #parents: number[] = [0]
  readonly #lastChildren: number[] = [0]
  readonly #depths: number[] = [0]
  #links = 1
  readonly #flat = new Map<number, Uint8Array>()
  #latest = NO_LINK
  #latestBytes = NOTHING
  readonly #slab = new Slab()

  get isEmpty(): boolean {
    return this.#dirty.length === 0
  }

  /** Slots up to this one may be used from now on. */
  reserve(slot: number): void {
    if (slot < this.#tails.length) return
    const tails = new Int32Array(2 * Math.max(slot, this.#tails.length))
    tails.set(this.#tails)
    this.#tails = tails
  }

  append(slot: number, segment: Text): void {
    const tail = this.#tails[slot] ?? 0
    if (tail === 0) this.#dirty.push(slot)
    this.#tails[slot] = this.#child(tail, segment)
  }

  /** The same for many slots but one. */
  appendToAll(slots: readonly number[], segment: Text, except: number): void {
    const tails = this.#tails
    const dirty = this.#dirty
    let from = NO_LINK
    let to = 0
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] ?? 0
      if (slot === except) continue
      const tail = tails[slot] ?? 0
      if (tail !== from) {
        from = tail
        to = this.#child(tail, segment)
      }
      if (tail === 0) dirty.push(slot)
      tails[slot] = to
    }
  }

  /** The slots that have something to receive, each to be emptied with `takeLink`. */
  takeDirty(): readonly number[] {
    const dirty = this.#dirty
    this.#dirty = []
    return dirty
  }

  /** Takes what is in an outbox out of it. */
  takeLink(slot: number): number {
    const link = this.#tails[slot] ?? 0
    this.#tails[slot] = 0
    return link
  }

  /** All that the chain holds, put together at the first call. */
  bytesOf(link: number): Uint8Array {
    // Neighbours in a room mostly stand at the same link.
    if (link === this.#latest) return this.#latestBytes
    let bytes = this.#flat.get(link)
    if (bytes === undefined) {
      bytes = this.#concat(link)
      this.#flat.set(link, bytes)
    }
    this.#latest = link
    this.#latestBytes = bytes
    return bytes
  }

  /** How many segments the chain holds. */
  depthOf(link: number): number {
    return this.#depths[link] ?? 0
  }

  /** Some bytes of this turn are still in use when it ends. */
  keepBytes(): void {
    this.#slab.keep()
  }

  /** Forgets the links: what comes next is another turn's. Bytes are void, unless `keepBytes` was called. */
  endTurn(): void {
    this.#slab.reset()
    // Nothing that was said is kept alive by them, and a turn out of the ordinary gives its memory back.
    if (this.#links > MOST_LINKS_KEPT) this.#forgetLinks()
    else this.#segments.fill('', 1, this.#links)
    this.#links = 1
    this.#lastChildren[0] = 0
    this.#flat.clear()
    this.#latest = NO_LINK
    this.#latestBytes = NOTHING
  }

  #child(parent: number, segment: Text): number {
    const last = this.#lastChildren[parent] ?? 0
    if (last !== 0 && this.#segments[last] === segment) return last
    const link = this.#links++
    this.#segments[link] = segment
    this.#parents[link] = parent
    this.#lastChildren[link] = 0
    this.#depths[link] = (this.#depths[parent] ?? 0) + 1
    this.#lastChildren[parent] = link
    return link
  }

  #forgetLinks(): void {
    this.#segments.length = 1
    this.#parents.length = 1
    this.#lastChildren.length = 1
    this.#depths.length = 1
  }

  #concat(link: number): Uint8Array {
    const segments: Text[] = []
    for (let at = link; at !== 0; at = this.#parents[at] ?? 0)
      segments.push(this.#segments[at] ?? '')
    return this.#slab.write(segments.reverse())
  }
}

const NOTHING: Uint8Array = new Uint8Array(0)
const FIRST_SLOTS = 1024
/** 128 KiB. */
const MOST_LINKS_KEPT = 4096
/** Where no outbox stands. */
const NO_LINK = -1
