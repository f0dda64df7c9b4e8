/**
 * Whether the whole of `text` fits `pattern`: `*` is any run, `?` is one code point, and `\` before `*`,
 * `?` or `\` makes it plain; before anything else it is plain itself, since nicks may hold it. A-Z and a-z
 * are equal.
 *
 * At a mismatch only the last `*` gives way, so that the time is at most the product of both lengths:
 * patterns come from users, and never become a regular expression.
 */
export function matchGlob(pattern: string, text: string): boolean {
  let at = 0
  let textAt = 0
  let afterStar = -1
  let starTextAt = -1
  while (textAt < text.length) {
    const unit = pattern.charCodeAt(at)
    const isEscape = unit === BACKSLASH && isEscapable(pattern.charCodeAt(at + 1))
    const plain = isEscape ? pattern.charCodeAt(at + 1) : unit
    if (unit === STAR) {
      afterStar = ++at
      starTextAt = textAt
    } else if (unit === QUESTION) {
      textAt += codePointWidth(text, textAt)
      at++
    } else if (foldUnit(plain) === foldUnit(text.charCodeAt(textAt))) {
      textAt++
      at += isEscape ? 2 : 1
    } else if (afterStar >= 0) {
      starTextAt += codePointWidth(text, starTextAt)
      textAt = starTextAt
      at = afterStar
    } else return false
  }
  while (pattern.charCodeAt(at) === STAR) at++
  return at === pattern.length
}

const STAR = 0x2a
const QUESTION = 0x3f
const BACKSLASH = 0x5c

function isEscapable(unit: number): boolean {
  return unit === STAR || unit === QUESTION || unit === BACKSLASH
}

function foldUnit(unit: number): number {
  return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit
}

function codePointWidth(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}
