/**
 * Whether every code point of a name can be seen and told apart. Not so: control, format, bidi and
 * zero-width characters, every kind of space, private use, unassigned code points and lone surrogates;
 * enclosing marks; more than three marks on a letter; a mark at the start, where it would land on what
 * is printed before the name; and single letters of Korean in the blocks meant for composing (after NFC
 * none are left of ordinary Korean), since they join with their neighbours.
 *
 * Emoji may use a variation selector and zero-width joiners, between emoji only.
 * Expects NFC.
 */
export function isVisible(name: string): boolean {
  if (PRINTABLE_ASCII.test(name)) return true
  const bare = name.replace(EMOJI_STYLE, '').replace(EMOJI_JOINER, '')
  return !UNSEEN.test(bare) && !LEADING_MARK.test(bare) && !PILED_MARKS.test(bare)
}

const PRINTABLE_ASCII = /^[!-~]*$/
const EMOJI_STYLE = /(?<=\p{Extended_Pictographic})\ufe0f/gu
const EMOJI_JOINER =
  /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier})\u200d(?=\p{Extended_Pictographic})/gu
const LEADING_MARK = /^\p{M}/u
const PILED_MARKS = /\p{Mn}{4}/u
// Last: a blank Braille cell, object and replacement characters, an empty note head, and Korean letters.
const UNSEEN =
  /[\p{C}\p{Z}\p{Me}\p{Default_Ignorable_Code_Point}\u2800\ufffc\ufffd\u{1d159}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\uffa0-\uffdc]/u
