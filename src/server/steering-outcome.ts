import type { Fields } from '../base/log.ts'
import type { Actor, Outcome } from '../monitor/steering.ts'

type Refused = Extract<Outcome, { done: false }>

export function done(target: string): Outcome {
  return { done: true, target }
}

export function notFound(text: string): Refused {
  return { done: false, problem: 'not found', text }
}

export function notPossible(text: string): Refused {
  return { done: false, problem: 'not possible', text }
}

/** Who did it, for the server's log. */
export function traceOf({ name, from }: Actor): Fields {
  return { by: name, from, via: 'monitor' }
}
