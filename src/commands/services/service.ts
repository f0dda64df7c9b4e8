import type { Language } from '../../state/account.ts'
import type { Privilege, UserContext } from '../command.ts'
import type { Effect } from '../effect.ts'

/**
 * A service answers as a user would, and is none: it has a nick that nobody can take, no place in any
 * list, and verbs instead of commands. What people say to it is neither kept nor shown to anybody.
 */
export interface Service {
  readonly name: string
  /** Commands that are the same as writing to it. */
  readonly commands: readonly string[]
  /** Where all about it stands: a path from the root of the project. */
  readonly docs: string
  readonly summary: Words
  /** By their names in capitals, in the order of HELP. HELP itself comes with the framework. */
  readonly verbs: Readonly<Record<string, Verb>>
}

/** The same in every language that services speak. */
export type Words = Readonly<Record<Language, string>>

export interface Verb {
  /** Without the service's name: `DROP <account> [<code>]`. */
  readonly syntax: string
  /** A sentence, as HELP lists it. */
  readonly summary: Words
  /** What HELP says of this verb beyond the summary. */
  readonly details?: Words
  /** What Koreans may say instead of its name. */
  readonly korean?: string
  /** With fewer words the service answers with the syntax, and `run` is not called. */
  readonly minWords: number
  /** Only for those who have logged in. */
  readonly needsAccount?: true
  readonly privilege?: Privilege
  readonly run: (context: ServiceContext) => Iterable<Effect>
}

/** A context of somebody who talks to a service. */
export interface ServiceContext extends UserContext {
  readonly service: Service
  readonly verb: string
  /** What follows the verb. */
  readonly words: readonly string[]
  readonly language: Language
}
