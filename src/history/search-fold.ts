/**
 * The form in which a text is searched, and in which the words are that are searched for: without case,
 * widths, formatting and skin tones, with Korean syllables composed and every run of spaces being one.
 * Folding what is folded changes nothing.
 */
export function foldText(text: string): string {
  const plain = text.replace(FORMATTING, '')
  const folded = BEYOND_ASCII.test(plain) ? foldUnicode(plain) : plain.toLowerCase()
  return folded.replace(SPACES, ' ').trim()
}

const COLOR = '\x03'
const HEX_COLOR = '\x04'
/**
 * Bold, colours and so on, and every other control character that isn't a space.
 * https://modern.ircdocs.horse/formatting
 */
const FORMATTING = new RegExp(
  [
    String.raw`${COLOR}(?:\d{1,2}(?:,\d{1,2})?)?`,
    String.raw`${HEX_COLOR}(?:[\dA-Fa-f]{6}(?:,[\dA-Fa-f]{6})?)?`,
    String.raw`(?![\t-\r])\p{Cc}`,
  ].join('|'),
  'gu',
)
const BEYOND_ASCII = /[^\0-\x7f]/
const SPACES = /\s+/gu

/** What joins emoji, chooses their look, turns text around, or is there without being seen. */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu
const SKIN_TONE = /(?<=\p{Emoji_Modifier_Base})\p{Emoji_Modifier}+/gu
/**
 * Letters of Korean that stand alone. NFKC would make ㅋㅠ into 큐, and nobody would find ㅠㅠ behind
 * ㅋㅋㅋ.
 */
const ALL_BUT_LONE_JAMO = /[^\u3131-\u318e]+/g

function foldUnicode(text: string): string {
  return text.replace(IGNORABLE, '').replace(ALL_BUT_LONE_JAMO, foldRun).replace(SKIN_TONE, '')
}

/** To capitals and back: ß and ss, and all three sigmas, are the same then. */
function foldRun(run: string): string {
  return run.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKC')
}
