import type { Ranks } from '../protocol/modes.ts'

/** What makes a room stay when nobody is in it. Whose it is says `Channel.founderAccount`. */
export interface Registration {
  readonly registeredAtMs: number
  /** Account key → what it is in the room. */
  readonly access: ReadonlyMap<string, Access>
  /** The account that may take the room over, if it wants to. */
  readonly offeredTo?: string
}

export interface Access {
  /** As it was written when it was given. */
  readonly account: string
  /** What it has from the moment when it comes in. */
  readonly ranks: Ranks
  readonly givenBy: string
  readonly givenAtMs: number
}

/** A name under which no room may be for now. */
export interface Closure {
  /** The room's name, as it was. */
  readonly name: string
  readonly reason: string
  /** The operator of the server who did it. */
  readonly by: string
  readonly atMs: number
}
