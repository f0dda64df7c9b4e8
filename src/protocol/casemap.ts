const UPPER = /[A-Z]/
const UPPER_RUN = /[A-Z]+/g
const BEYOND_ASCII = /[^\0-\x7f]/

/**
 * The form in which two spellings of a nick, a channel or a mask are equal under `CASEMAPPING=ascii`:
 * A-Z become a-z. Beyond ASCII case stays, and NFC makes one of what some systems write in pieces: names
 * are kept in NFC, and a client that sends 한 as three letters means the same one.
 * https://modern.ircdocs.horse/#casemapping-parameter
 */
export function foldCase(text: string): string {
  if (!BEYOND_ASCII.test(text)) return UPPER.test(text) ? text.toLowerCase() : text
  return text.normalize('NFC').replace(UPPER_RUN, (run) => run.toLowerCase())
}

export function isAscii(text: string): boolean {
  return !BEYOND_ASCII.test(text)
}
