import type { Fields } from '../base/log.ts'
import type { Numeric } from '../protocol/numeric.ts'
import type { StandardReply } from '../protocol/standard-replies.ts'
import type { Event } from '../state/event.ts'
import type { Said } from '../state/message-event.ts'
import type { Line } from '../state/line.ts'
import type { Session } from '../state/session.ts'
import type { Asks } from './asks.ts'

/**
 * All that a command may cause. A command yields effects and each is carried out before the command
 * goes on, so that what it reads next is already changed. A new kind must be handled in
 * `server/apply.ts`, or the compiler refuses.
 */
export type Effect =
  | { readonly kind: 'numeric'; readonly numeric: Numeric }
  /** FAIL, WARN or NOTE; a client without standard-replies gets it as a NOTICE. */
  | { readonly kind: 'standard'; readonly reply: StandardReply }
  /** Any other line to the one who asked; `source` is the server unless it is given. */
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** Lines that were said before, to the one who asked. */
  | { readonly kind: 'lines'; readonly lines: readonly Line[] }
  /** Comes when it is there, and is no answer to anything: nothing waits for it. */
  | { readonly kind: 'later'; readonly until: (asks: Asks) => Promise<Iterable<Effect>> }
  /** The replies of `effects` belong together, as a batch for those who know batches. */
  | {
      readonly kind: 'batch'
      readonly type: string
      readonly params: readonly string[]
      readonly effects: Iterable<Effect>
    }
  | { readonly kind: 'event'; readonly event: Event }
  /** Its author hears again what was said at `timeMs`, and nobody else does. */
  | { readonly kind: 'echo'; readonly said: Said; readonly timeMs: number }
  /** The answer has this label instead of its command's: it belongs to an earlier line, or comes with a later one. */
  | { readonly kind: 'label'; readonly label: string | undefined }
  /** Ends a connection: ERROR with the reason, then the close. */
  | { readonly kind: 'close'; readonly session: Session; readonly reason: string }
  /** The last effect of a command: what comes of it is carried out when it is there; until then the session's next lines wait. */
  | { readonly kind: 'wait'; readonly until: (asks: Asks) => Promise<Iterable<Effect>> }
  /** The session's address has changed: whether it may stay is asked again. */
  | { readonly kind: 'readmit'; readonly session: Session }
  | { readonly kind: 'operate'; readonly operation: Operation; readonly by: string }
  /** Leaves a trace in the server's log of what somebody did with power over others, or tried to. */
  | {
      readonly kind: 'audit'
      readonly level: 'info' | 'warn'
      readonly action: string
      readonly fields: Fields
    }

export interface Reply {
  readonly command: string
  readonly params: readonly string[]
  readonly source?: string
}

/** What an operator asks of the process itself. */
export type Operation = 'rehash' | 'die' | 'restart'

export function wait(until: (asks: Asks) => Promise<Iterable<Effect>>): Effect {
  return { kind: 'wait', until }
}

/** Goes on with whether the password is right. */
export function passwordCheck(
  hash: string,
  password: string,
  answered: (isRight: boolean) => Iterable<Effect>,
): Effect {
  return wait(async (asks) => answered(await asks.checkPassword(hash, password)))
}

export function numeric(value: Numeric): Effect {
  return { kind: 'numeric', numeric: value }
}

export function standard(reply: StandardReply): Effect {
  return { kind: 'standard', reply }
}

export function reply(command: string, params: readonly string[], source?: string): Effect {
  return { kind: 'reply', reply: { command, params, ...(source === undefined ? {} : { source }) } }
}

export function event(value: Event): Effect {
  return { kind: 'event', event: value }
}
