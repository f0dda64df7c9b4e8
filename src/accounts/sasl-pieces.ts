/** "split to 400-byte chunks, and each chunk is sent as a separate AUTHENTICATE command" https://ircv3.net/specs/extensions/sasl-3.1#the-authenticate-command */
export const SASL_PIECE_LENGTH = 400
/**
 * "The server MAY place a limit on the total length of a response." Counted in base64; well below what a
 * stranger may say in all, so that it is answered.
 */
const LONGEST_MESSAGE = 4096
const EMPTY = '+'

/** Puts together what comes in pieces. */
export interface SaslPieces {
  /** At most `SASL_PIECE_LENGTH` long. After all but `more` it begins anew. */
  add(piece: string): HeardPiece
  clear(): void
}

export type HeardPiece =
  | { readonly kind: 'more' }
  | { readonly kind: 'message'; readonly message: string }
  | { readonly kind: 'tooMuch' | 'malformed' }

export function createSaslPieces(): SaslPieces {
  let base64 = ''
  return {
    add(piece) {
      if (piece !== EMPTY) base64 += piece
      const isTooMuch = base64.length > LONGEST_MESSAGE
      if (piece.length === SASL_PIECE_LENGTH && !isTooMuch) return { kind: 'more' }
      const message = isTooMuch ? undefined : decode(base64)
      base64 = ''
      if (message !== undefined) return { kind: 'message', message }
      return { kind: isTooMuch ? 'tooMuch' : 'malformed' }
    },
    clear() {
      base64 = ''
    },
  }
}

/** "If the last chunk was exactly 400 bytes long, it must also be followed by `AUTHENTICATE +`" */
export function saslPieces(message: string): readonly string[] {
  const base64 = Buffer.from(message).toString('base64')
  const pieces: string[] = []
  for (let start = 0; start <= base64.length; start += SASL_PIECE_LENGTH) {
    pieces.push(base64.slice(start, start + SASL_PIECE_LENGTH) || EMPTY)
  }
  return pieces
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Undefined: not base64 as RFC 4648 writes it, or not UTF-8. */
function decode(base64: string): string | undefined {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') !== base64) return undefined
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}
