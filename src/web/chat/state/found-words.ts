const LONGEST = 280
/** So much stands before the first of the words. */
const BEFORE = 60

export interface FoundPart {
  readonly text: string
  /** It is one of the words that were looked for. */
  readonly isFound: boolean
}

/** What of a text is shown: where the first of the words is, with dots where more comes before or after. */
export function excerptOf(text: string, words: readonly string[]): string {
  if (text.length <= LONGEST) return text
  const at =
    partsOf(text, words)[0]?.isFound === true ? 0 : (partsOf(text, words)[0]?.text.length ?? 0)
  const isFound = at < text.length
  const from = isFound && at > BEFORE ? at - BEFORE : 0
  const end = from + LONGEST
  return `${from > 0 ? '…' : ''}${text.slice(from, end)}${end < text.length ? '…' : ''}`
}

/** The text in its order, cut where words begin and end. Large and small letters are the same. */
export function partsOf(text: string, words: readonly string[]): readonly FoundPart[] {
  const wanted = words.filter((word) => word !== '').map(escapeRegex)
  if (wanted.length === 0) return [{ text, isFound: false }]
  return text
    .split(new RegExp(`(${wanted.join('|')})`, 'iu'))
    .map((part, index) => ({ text: part, isFound: index % 2 === 1 }))
    .filter((part) => part.text !== '')
}

/** With the flag `u` only what has a meaning may be escaped. */
function escapeRegex(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
