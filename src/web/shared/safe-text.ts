/** A piece of somebody's text: as it was written, or the name of a character that would not have been seen. */
export interface TextPart {
  readonly text: string
  readonly isMark: boolean
}

/**
 * What has no shape of its own, or changes how its surroundings look: controls, format characters (bidi
 * among them, https://www.unicode.org/reports/tr9/), line and paragraph separators, private use, halves of
 * surrogate pairs, and the fillers of Hangul. A joiner between two pictures is part of an emoji and stays.
 */
const UNSEEN =
  /(?!(?<=\p{Extended_Pictographic}(?:\u{fe0f}|\p{Emoji_Modifier})?)\u{200d}(?=\p{Extended_Pictographic}))[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u{115f}\u{1160}\u{3164}\u{ffa0}]/gu

/** Splits text that a stranger wrote into what can be shown as it is, and marks for what can't. */
export function safeParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const { 0: character, index } of text.matchAll(UNSEEN)) {
    if (index > end) parts.push({ text: text.slice(end, index), isMark: false })
    parts.push({ text: nameOf(character), isMark: true })
    end = index + character.length
  }
  if (end < text.length) parts.push({ text: text.slice(end), isMark: false })
  return parts
}

/** The same where there can be no markup: labels and titles. */
export function safeText(text: string): string {
  return safeParts(text)
    .map(({ text: shown, isMark }) => (isMark ? `⟨${shown}⟩` : shown))
    .join('')
}

const DELETE = 0x7f

/** Controls as they are typed, `^G`; the others by their number. https://en.wikipedia.org/wiki/Caret_notation */
function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20 || code === DELETE) return `^${String.fromCodePoint(code ^ 0x40)}`
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
