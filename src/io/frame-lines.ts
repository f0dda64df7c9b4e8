/** The kind of message: https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
export type Opcode = typeof TEXT | typeof BINARY

export const TEXT = 0x1
export const BINARY = 0x2

/**
 * Turns lines, each ended by CR LF or LF, into the WebSocket frames of a server: one message for each
 * line, without its line end. Many sockets may share the result. For `TEXT` the lines must be UTF-8.
 * https://ircv3.net/specs/extensions/websocket
 */
export function frameLines(lines: Uint8Array, opcode: Opcode): Uint8Array {
  const frames = new Uint8Array(framesLength(lines))
  let at = 0
  for (let from = 0; from < lines.length;) {
    const end = lineEnd(lines, from)
    const contentEnd = withoutLineEnd(lines, from, end)
    at = writeHeader(frames, at, contentEnd - from, opcode)
    frames.set(lines.subarray(from, contentEnd), at)
    at += contentEnd - from
    from = end
  }
  return frames
}

const LF = 0x0a
const CR = 0x0d
const FINAL = 0x80
const LENGTH_16 = 126
const LENGTH_64 = 127

function framesLength(lines: Uint8Array): number {
  let length = 0
  for (let from = 0; from < lines.length;) {
    const end = lineEnd(lines, from)
    const content = withoutLineEnd(lines, from, end) - from
    length += headerLength(content) + content
    from = end
  }
  return length
}

function lineEnd(lines: Uint8Array, from: number): number {
  const lf = lines.indexOf(LF, from)
  return lf < 0 ? lines.length : lf + 1
}

function withoutLineEnd(lines: Uint8Array, from: number, end: number): number {
  if (lines[end - 1] !== LF) return end
  return end - 2 >= from && lines[end - 2] === CR ? end - 2 : end - 1
}

function headerLength(content: number): number {
  if (content < LENGTH_16) return 2
  return content <= 0xffff ? 4 : 10
}

/** Returns where the content begins. */
function writeHeader(frames: Uint8Array, at: number, content: number, opcode: Opcode): number {
  const contentAt = at + headerLength(content)
  frames[at] = FINAL | opcode
  if (content < LENGTH_16) {
    frames[at + 1] = content
    return contentAt
  }
  frames[at + 1] = content <= 0xffff ? LENGTH_16 : LENGTH_64
  let rest = content
  for (let i = contentAt - 1; i > at + 1; i--) {
    frames[i] = rest & 0xff
    rest = Math.floor(rest / 256)
  }
  return contentAt
}
