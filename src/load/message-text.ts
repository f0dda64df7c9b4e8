/** What the text of a message says of itself: `SENDER.SENT padding`, both in base 36. */
export interface Stamp {
  sender: number
  /** Microseconds of the sender's clock, which is its thread's. */
  sentUs: number
}

/** A sender, a point, a day in microseconds, a space. */
export const LEAST_TEXT_BYTES = 16

export function messageText(stamp: Stamp, padding: string, textBytes: number): string {
  const head = `${stamp.sender.toString(36)}.${stamp.sentUs.toString(36)} `
  return head + padding.slice(0, Math.max(0, textBytes - head.length))
}

/** Reads the text that begins at `from` into `stamp`; `false` if it's nothing that `messageText` made. */
export function readStamp(
  bytes: Uint8Array,
  { from, end }: { readonly from: number; readonly end: number },
  stamp: Stamp,
): boolean {
  let number = 0
  let digits = 0
  stamp.sender = -1
  for (let at = from; at < end; at++) {
    const byte = bytes[at] ?? 0
    const digit = digitOf(byte)
    if (digit !== -1) {
      number = number * 36 + digit
      digits++
      continue
    }
    if (digits === 0) return false
    if (byte !== POINT || stamp.sender !== -1) {
      stamp.sentUs = number
      return byte === SPACE && stamp.sender !== -1
    }
    stamp.sender = number
    number = 0
    digits = 0
  }
  return false
}

const POINT = 46
const SPACE = 32

function digitOf(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  return byte >= 97 && byte <= 122 ? byte - 87 : -1
}
