import type { LineFault, Slowness } from './engine.ts'

/**
 * What the records in the rings between the core and its I/O workers look like.
 *
 * Words are u32. The first holds the type in its low byte and a small number above it, the second the
 * connection, as its worker numbers it (of a cast: the exception); then, by type:
 *
 * | record         | small number    | after the second word                                                  |
 * |----------------|-----------------|------------------------------------------------------------------------|
 * | send           |                 | bytes                                                                  |
 * | cast           | number of rooms | number of variants, rooms, (class, length) of each variant, bytes of each |
 * | enter, leave   |                 | room                                                                   |
 * | classify       |                 | class                                                                  |
 * | close          |                 | length of the farewell, farewell, reason                               |
 * | barPart, bar   |                 | JSON list of networks; the list of a `bar` goes on from the parts before it |
 * | mark           |                 | f64, always little-endian: when the core began the turn that casts     |
 * | opened, closed |                 | JSON of the completion without kind and connection                     |
 * | asciiLines     |                 | lines joined by LF                                                     |
 * | utf8Lines      |                 | lines joined by LF                                                     |
 * | malformed      | index of fault  |                                                                        |
 * | slowed         | index of cause  |                                                                        |
 */
export const RECORD = {
  send: 1,
  cast: 2,
  enter: 3,
  leave: 4,
  classify: 5,
  close: 6,
  barPart: 7,
  bar: 8,
  mark: 9,
  opened: 16,
  asciiLines: 17,
  utf8Lines: 18,
  malformed: 19,
  closed: 20,
  slowed: 21,
} as const

export const WORD_BYTES = 4
/** The type and the connection. */
export const HEAD_BYTES = 2 * WORD_BYTES
export const CAST_HEAD_BYTES = HEAD_BYTES + WORD_BYTES
export const CLOSE_HEAD_BYTES = HEAD_BYTES + WORD_BYTES
export const MARK_BYTES = HEAD_BYTES + Float64Array.BYTES_PER_ELEMENT
export const MOST_SMALL_NUMBER = 2 ** 24 - 1

/** The number as it fits a word; a number that was cut would mean somebody else. */
export function asWord(value: number): number {
  const word = value >>> 0
  if (word !== value) throw new RangeError(`${value} is no u32`)
  return word
}

export const FAULTS: readonly LineFault[] = ['lineTooLong', 'invalidUtf8', 'forbiddenByte']
export const SLOWNESSES: readonly Slowness[] = ['budget', 'queue']
