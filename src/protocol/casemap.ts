const UPPER = /[A-Z]/
const UPPER_RUN = /[A-Z]+/g
const BEYOND_ASCII = /[^\0-\x7f]/

/**
 * The form in which two spellings of a nick, a channel or a mask are equal under `CASEMAPPING=ascii`:
 * A-Z become a-z, everything else stays. https://modern.ircdocs.horse/#casemapping-parameter
 */
export function foldCase(text: string): string {
  if (!UPPER.test(text)) return text
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase()
  return text.replace(UPPER_RUN, (run) => run.toLowerCase())
}

export function isAscii(text: string): boolean {
  return !BEYOND_ASCII.test(text)
}
