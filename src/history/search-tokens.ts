import type { BufferId } from '../state/record.ts'

/** What is known of a message when it is indexed: its folded text, the folded nick of who said it. */
export interface Indexed {
  readonly buffer: BufferId
  readonly nick: string
  readonly hasLink: boolean
  readonly text: string
}

export const LINK_TOKEN = 'link'

/**
 * Everything that a message can be found by, for FTS5 with its `ascii` tokenizer: every one, two and three
 * characters that stand beside each other within a word, and longer tokens for where, who and a link.
 * FTS5's own trigrams find nothing shorter than three: no Korean word of two syllables, no emoji.
 */
export function tokensOf({ buffer, nick, hasLink, text }: Indexed): string {
  const tokens = new Set([bufferToken(buffer), nickToken(nick)])
  if (hasLink) tokens.add(LINK_TOKEN)
  for (const word of withoutPunctuation(text).split(' ')) addGrams(tokens, word)
  return [...tokens].join(' ')
}

/**
 * Tokens that every text has that `word` is in: with a gram as long as the word, all of these texts have
 * it and no others; with more of them, a text may have them all and the word not.
 */
export function tokensOfWord(word: string): readonly string[] {
  return withoutPunctuation(word)
    .split(' ')
    .filter((part) => part !== '')
    .flatMap(longestGrams)
}

export function bufferToken(buffer: BufferId): string {
  return `room${buffer}`
}

export function nickToken(nick: string): string {
  return `from${withoutPunctuation(nick)}`
}

const GRAM_LENGTH = 3
const PUNCTUATION = /[!-/:-@[-`{-~]/g
/** Characters of two UTF-16 units are one character of a gram. */
const BEYOND_BMP = /[\ud800-\udfff]/

/**
 * The tokenizer splits at ASCII punctuation, and grams must keep it. There are as many C1 controls, of which
 * no folded text has one: they stand for it.
 */
function withoutPunctuation(text: string): string {
  return text.replace(PUNCTUATION, (mark) => SUBSTITUTES.get(mark) ?? '')
}

const SUBSTITUTES: ReadonlyMap<string, string> = new Map(
  Array.from('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', (mark, index) => [
    mark,
    String.fromCharCode(0x80 + index),
  ]),
)

function addGrams(tokens: Set<string>, word: string): void {
  const characters = BEYOND_BMP.test(word) ? Array.from(word) : word
  let before = ''
  let beforeThat = ''
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? ''
    const pair = before + character
    tokens.add(character)
    if (before !== '') tokens.add(pair)
    if (beforeThat !== '') tokens.add(beforeThat + pair)
    beforeThat = before
    before = character
  }
}

function longestGrams(part: string): readonly string[] {
  const characters = Array.from(part)
  const grams: string[] = []
  for (let end = Math.min(GRAM_LENGTH, characters.length); end <= characters.length; end++) {
    grams.push(characters.slice(Math.max(0, end - GRAM_LENGTH), end).join(''))
  }
  return grams
}
