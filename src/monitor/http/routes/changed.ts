import type { Change } from '../../access.ts'
import { refusal } from '../refusal.ts'
import { json, refused, type Answer } from '../route.ts'

export interface Changed {
  readonly target: string
  /** Whether what is to be changed was there before. */
  readonly isThere: boolean
}

/** A change of who may come in, as an answer. */
export function changed(change: Change, { target, isThere }: Changed): Answer {
  if (change.done) return json({ target }, { target })
  return refused(
    isThere ? refusal(409, 'not possible', change.text) : refusal(404, 'not found', change.text),
  )
}
