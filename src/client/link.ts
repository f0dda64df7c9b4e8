import type { Isupport } from './isupport-facts.ts'
import type { CaseMapping } from './fold.ts'
import type { ListEntry, ListedRoom } from './model.ts'
import type { OpenBatch } from './batches.ts'
import type { SaslExchange } from './sasl-exchange.ts'
import type { WhoBook } from './who.ts'

/** What belongs to one connection, and ends with it. */
export interface Link {
  /** `closed`: there is none. `welcomed`: 001 has come; `ready`: the welcome is over. */
  stage: 'closed' | 'opening' | 'registering' | 'welcomed' | 'ready'
  isSecure: boolean
  /** What the server offers, with values. */
  readonly offered: Map<string, string>
  readonly caps: Set<string>
  /** Requested and not answered. */
  requested: number
  isNegotiating: boolean
  readonly batches: Map<string, OpenBatch>
  isupport: Isupport
  mapping: CaseMapping
  sasl: SaslExchange | undefined
  /** What we have asked the server to call us, until it has. */
  wantedNick: string
  /** Of the PING that waits for its PONG. */
  pingedAtMs: number | undefined
  /** When something was written that must be answered; since then nothing was heard. */
  askedAtMs: number | undefined
  /** The question that followed a sleep, until it is known that the connection outlived that. */
  woken: { readonly atMs: number; readonly token: string } | undefined
  /** How long that answer may take, if not as long as usual. */
  answerMs: number | undefined
  /** When something was heard last, or the socket was asked for. */
  heardAtMs: number
  /** What follows from the server's welcome has been asked for. */
  motd: string[]
  batchCount: number
  /** Rooms of a LIST that has no end yet. */
  listed: ListedRoom[]
  /** What list modes hold, by mode and room, while it comes. */
  readonly lists: Map<string, ListEntry[]>
  readonly who: WhoBook
}

export function newLink(): Link {
  return {
    stage: 'closed',
    isSecure: false,
    offered: new Map(),
    caps: new Set(),
    requested: 0,
    isNegotiating: false,
    batches: new Map(),
    isupport: new Map(),
    mapping: 'ascii',
    sasl: undefined,
    wantedNick: '',
    pingedAtMs: undefined,
    askedAtMs: undefined,
    woken: undefined,
    answerMs: undefined,
    heardAtMs: 0,
    motd: [],
    batchCount: 0,
    listed: [],
    lists: new Map(),
    who: { wanted: new Set(), asked: new Set(), isAsking: false },
  }
}
