import type { LoginAccepted, LoginAnswer, LoginQuestion, LoginRefused } from './login-book.ts'
import {
  saslMechanism,
  type Mechanism,
  type MechanismParts,
  type MechanismQuestion,
  type MechanismStep,
  type SaslMechanism,
} from './sasl-mechanism.ts'
import { createSaslPieces, SASL_PIECE_LENGTH, saslPieces, type SaslPieces } from './sasl-pieces.ts'

export interface SaslParts extends MechanismParts {
  /** Those that are offered on this connection: EXTERNAL only to a client with a certificate. */
  readonly mechanisms: readonly SaslMechanism[]
}

/**
 * What the AUTHENTICATE lines of one connection come to. It has no clock, no randomness and no patience of
 * its own, and takes any line at any time: after each outcome but `send`, `more` and `ask` it is as
 * it was before the first line.
 */
export interface SaslExchange {
  /** The parameter of an AUTHENTICATE. */
  hear(param: string): SaslOutcome
  /** An exchange is under way: the end of registration aborts it (906). */
  readonly isOpen: boolean
  abort(): void
}

export type SaslOutcome =
  /** One AUTHENTICATE for each. */
  | { readonly kind: 'send'; readonly params: readonly string[] }
  /** A piece of a message; the next one follows without being asked for. */
  | { readonly kind: 'more' }
  /** To be put to the login book. `answer` counts once, and only as long as nothing else was said. */
  | {
      readonly kind: 'ask'
      readonly question: LoginQuestion
      readonly answer: (answer: LoginAnswer) => SaslOutcome
    }
  /** 900 and 903. */
  | { readonly kind: 'success'; readonly login: LoginAccepted }
  /** 904; 902 for those who are suspended. */
  | { readonly kind: 'fail'; readonly why: SaslFailure }
  /** 908, then 904. */
  | { readonly kind: 'unknownMechanism'; readonly mechanisms: readonly SaslMechanism[] }
  /** 906. */
  | { readonly kind: 'aborted' }
  /** 905. */
  | { readonly kind: 'tooLong' }
  /** An answer that nobody waits for any more: nothing is to be said. */
  | { readonly kind: 'stale' }

/** `malformed`: not what the mechanism, or base64, would say. `tooMuch`: more than 4 KiB. */
export type SaslFailure = LoginRefused | { readonly kind: 'malformed' | 'tooMuch' }

const ABORT = '*'

export function saslExchange(parts: SaslParts): SaslExchange {
  const open: OpenExchange = { pieces: createSaslPieces(), next: undefined, asked: undefined }
  return {
    hear(param) {
      if (param === ABORT) return end(open, { kind: 'aborted' })
      if (param.length > SASL_PIECE_LENGTH) return end(open, { kind: 'tooLong' })
      // Who goes on before there is an answer doesn't wait for one.
      if (open.asked !== undefined) return fail(open, { kind: 'malformed' })
      return open.next === undefined ? begin(open, parts, param) : collect(open, param, open.next)
    },
    get isOpen() {
      return open.next !== undefined
    },
    abort() {
      end(open, { kind: 'aborted' })
    },
  }
}

interface OpenExchange {
  readonly pieces: SaslPieces
  /** What takes the client's next response; undefined: nothing is under way. */
  next: Mechanism | undefined
  /** The question that has no answer yet. */
  asked: MechanismQuestion | undefined
}

function end(open: OpenExchange, outcome: SaslOutcome): SaslOutcome {
  open.pieces.clear()
  open.next = undefined
  open.asked = undefined
  return outcome
}

function fail(open: OpenExchange, why: SaslFailure): SaslOutcome {
  return end(open, { kind: 'fail', why })
}

function begin(open: OpenExchange, parts: SaslParts, name: string): SaslOutcome {
  const { mechanisms } = parts
  const mechanism = mechanisms.find((offered) => offered === name.toUpperCase())
  if (mechanism === undefined) return end(open, { kind: 'unknownMechanism', mechanisms })
  return challenge(open, '', saslMechanism(mechanism, parts))
}

function challenge(open: OpenExchange, text: string, next: Mechanism): SaslOutcome {
  open.next = next
  return { kind: 'send', params: saslPieces(text) }
}

function collect(open: OpenExchange, param: string, mechanism: Mechanism): SaslOutcome {
  const heard = open.pieces.add(param)
  switch (heard.kind) {
    case 'more':
      return heard
    case 'message':
      return follow(open, mechanism(heard.message))
    case 'tooMuch':
    case 'malformed':
      return fail(open, heard)
  }
}

function follow(open: OpenExchange, step: MechanismStep): SaslOutcome {
  switch (step.kind) {
    case 'challenge':
      return challenge(open, step.text, step.next)
    case 'ask':
      return ask(open, step)
    case 'success':
      return end(open, step)
    case 'malformed':
      return fail(open, step)
  }
}

function ask(open: OpenExchange, asked: MechanismQuestion): SaslOutcome {
  open.asked = asked
  return {
    kind: 'ask',
    question: asked.question,
    answer(answer) {
      if (open.asked !== asked) return { kind: 'stale' }
      open.asked = undefined
      return answer.kind === 'account' ? follow(open, asked.accepted(answer)) : fail(open, answer)
    },
  }
}
