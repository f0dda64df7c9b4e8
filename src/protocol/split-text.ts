import { truncateUtf8 } from './utf8.ts'

/** `text` in pieces of at most `maxBytes` of UTF-8, cut between code points, after a space where there is one. */
export function splitText(text: string, maxBytes: number): string[] {
  const pieces: string[] = []
  let rest = text
  for (;;) {
    const most = truncateUtf8(rest, maxBytes)
    if (most.length === rest.length || most === '') return [...pieces, rest]
    const space = most.lastIndexOf(' ') + 1
    const piece = space > most.length / 2 ? most.slice(0, space) : most
    pieces.push(piece)
    rest = rest.slice(piece.length)
  }
}
