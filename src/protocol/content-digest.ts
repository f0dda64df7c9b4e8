/**
 * 64 bits of what somebody said, in hexadecimal, so that a message that is sent again can be told from
 * another of the same name. It guards against mistakes, not against those who seek collisions: they would
 * only mislead themselves.
 */
export function contentDigest(parts: readonly string[]): string {
  let low = 0x811c9dc5
  let high = 0x01000193
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) {
      const unit = part.charCodeAt(i)
      low = Math.imul(low ^ unit, 0x01000193)
      high = Math.imul(high ^ (unit + i), 0x85ebca6b)
    }
    // No part ends where the next begins.
    low = Math.imul(low ^ 0x10000, 0x01000193)
    high = Math.imul(high ^ part.length, 0xc2b2ae35)
  }
  return hex(low ^ (high >>> 15)) + hex(high ^ (low >>> 13))
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}
