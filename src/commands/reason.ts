import { inputTooLong } from '../protocol/errors.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { utf8Length } from '../protocol/utf8.ts'

/** A reason stands in a QUIT with the longest source, in an ERROR and in a list, each with words around it. */
const REASON_BYTES = 200

/** Why an operator did it; `otherwise` when no reason was given. A numeric: it is too long to be shown whole. */
export function reasonOf(text: string | undefined, otherwise: string): string | Numeric {
  if (text === undefined || text === '') return otherwise
  if (utf8Length(text) > REASON_BYTES) {
    return inputTooLong(`The reason is longer than ${REASON_BYTES} bytes`)
  }
  return text
}
