import type { ServerLimits } from '../../../client/model.ts'

const bytesOf = (text: string): number => new TextEncoder().encode(text).length

/** Whether it is more than one message may hold. */
export function isTooLong(text: string, limits: ServerLimits): boolean {
  // Before the server has said what it takes, and where it takes single lines only, the client sees to it.
  if (limits.multilineLines === 0) return false
  const lines = text.split('\n').length
  return lines > limits.multilineLines || bytesOf(text) > limits.multilineBytes
}

/** The same text as several messages that fit, parted between lines, or within a line that is too long alone. */
export function splitLongText(text: string, limits: ServerLimits): readonly string[] {
  const parts: string[] = []
  let part: string[] = []
  let bytes = 0
  for (const line of text.split('\n').flatMap((one) => piecesOf(one, limits.multilineBytes))) {
    const more = bytesOf(line) + 1
    if (
      part.length > 0 &&
      (part.length >= limits.multilineLines || bytes + more > limits.multilineBytes)
    ) {
      parts.push(part.join('\n'))
      part = []
      bytes = 0
    }
    part.push(line)
    bytes += more
  }
  parts.push(part.join('\n'))
  return parts.filter((one) => one.trim() !== '')
}

function piecesOf(line: string, mostBytes: number): string[] {
  if (bytesOf(line) < mostBytes) return [line]
  const pieces: string[] = []
  let piece = ''
  let bytes = 0
  for (const letter of line) {
    const more = bytesOf(letter)
    if (bytes + more >= mostBytes) {
      pieces.push(piece)
      piece = ''
      bytes = 0
    }
    piece += letter
    bytes += more
  }
  return [...pieces, piece]
}
