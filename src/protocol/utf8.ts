/** Bytes of `text` in UTF-8. A lone surrogate counts as the U+FFFD that an encoder writes in its place. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) continue
    if (unit < 0x800) bytes += 1
    else if (isPair(text, at)) {
      // Two units were counted as two bytes; the pair takes four.
      bytes += 2
      at++
    } else bytes += 2
  }
  return bytes
}

/** The longest start of `text` that fits `maxBytes` of UTF-8 and ends between two code points. */
export function truncateUtf8(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text
  let bytes = 0
  let at = 0
  while (at < text.length) {
    const units = isPair(text, at) ? 2 : 1
    bytes += units === 2 ? 4 : unitBytes(text.charCodeAt(at))
    if (bytes > maxBytes) return text.slice(0, at)
    at += units
  }
  return text
}

function isPair(text: string, at: number): boolean {
  const high = text.charCodeAt(at)
  if (high < 0xd800 || high > 0xdbff) return false
  const low = text.charCodeAt(at + 1)
  return low >= 0xdc00 && low <= 0xdfff
}

function unitBytes(unit: number): number {
  if (unit < 0x80) return 1
  return unit < 0x800 ? 2 : 3
}
