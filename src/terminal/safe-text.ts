/**
 * The one way of text that others wrote onto the terminal. What would move the cursor, turn the direction
 * of writing, or not be seen at all is shown as text: control characters as `^[`, the rest as `<U+202E>`.
 * Marks that are piled up, or stand at the start, too: they would land on what is beside them.
 */
export function safeText(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text
  return text
    .replace(UNSAFE, shown)
    .replace(STRAY_MARKS, (marks) => Array.from(marks, shown).join(''))
}

const PRINTABLE_ASCII = /^[ -~]*$/
/**
 * Control, format, line and paragraph separators, lone surrogates, private use, unassigned, ignorable by
 * default, blank Braille. An emoji may keep the selector that makes it one, and the joiner to the next.
 */
const UNSAFE =
  /(?<!\p{Extended_Pictographic})\ufe0f|(?!\u200d)[\p{C}\p{Zl}\p{Zp}\u2800]|(?![\ufe0f\u200d])\p{Default_Ignorable_Code_Point}|(?<!\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu
const STRAY_MARKS = /^[\p{Mn}\p{Me}]+|(?<=[\p{Mn}\p{Me}]{2})[\p{Mn}\p{Me}]+/gu

function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20 || code === 0x7f) return `^${String.fromCharCode(code ^ 0x40)}`
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}
