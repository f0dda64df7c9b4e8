/**
 * Outboxes as chains of shared segments.
 *
 * An outbox is the end of a chain. Appending the same segment to the same chain gives the same chain
 * (each link remembers its last child), so a hundred members who heard the same things this turn stand
 * at one link, and its bytes are put together once for all of them.
 */

/** How the bytes go on the wire: as they are, or as WebSocket frames. */
export type Framing = 'lines' | 'text' | 'binary'

/** Whole lines, as submitted once and appended to any number of outboxes. Its identity is what makes chains meet. */
export interface Segment {
  readonly bytes: Uint8Array
}

export class Link {
  readonly #parent: Link | undefined
  readonly #segment: Segment | undefined
  #lastChild: Link | undefined = undefined
  #flat: Uint8Array | undefined = undefined
  #framed: Map<Framing, Uint8Array> | undefined = undefined
  /** Of the whole chain. */
  readonly bytes: number
  readonly segments: number

  private constructor(parent: Link | undefined, segment: Segment | undefined) {
    this.#parent = parent
    this.#segment = segment
    this.bytes = parent === undefined ? 0 : parent.bytes + (segment?.bytes.length ?? 0)
    this.segments = parent === undefined ? 0 : parent.segments + 1
  }

  /** An empty chain: where all outboxes of a turn begin. */
  static root(): Link {
    return new Link(undefined, undefined)
  }

  append(segment: Segment): Link {
    const child = this.#lastChild
    if (child !== undefined && child.#segment === segment) return child
    return (this.#lastChild = new Link(this, segment))
  }

  /** The bytes of the whole chain, put together at the first call. */
  flatten(): Uint8Array {
    return (this.#flat ??= this.#concat())
  }

  /** The same in another framing; `frame` turns whole lines into frames. */
  flattenAs(framing: Framing, frame: (lines: Uint8Array) => Uint8Array): Uint8Array {
    this.#framed ??= new Map()
    let framed = this.#framed.get(framing)
    if (framed === undefined) {
      framed = frame(this.flatten())
      this.#framed.set(framing, framed)
    }
    return framed
  }

  #concat(): Uint8Array {
    if (this.segments === 1 && this.#segment !== undefined) return this.#segment.bytes
    const flat = Buffer.allocUnsafe(this.bytes)
    let end = this.bytes
    for (let link: Link | undefined = this; link !== undefined; link = link.#parent) {
      const bytes = link.#segment?.bytes
      if (bytes === undefined) break
      end -= bytes.length
      flat.set(bytes, end)
    }
    return flat
  }
}
