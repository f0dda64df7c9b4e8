import { truncateUtf8 } from './utf8.ts'

/**
 * What the client said, as an answer repeats it to say what it is about: whole, unless it is longer than
 * any name could be, since the answer must fit in a line.
 */
export function repeated(said: string): string {
  return truncateUtf8(said, REPEATED_BYTES)
}

/** The longest name of all, a channel's, takes 128. */
const REPEATED_BYTES = 160
