import type { Core } from './core.ts'
import { stripFormatting } from './format.ts'

/** Whether a text names this user, by nick or display name, or has one of the highlight words. */
export function isMention(core: Core, text: string): boolean {
  const { nick, metadata } = core.view.parts.self
  const names = [nick, metadata['display-name'] ?? '', ...core.wish.highlights]
  const plain = stripFormatting(text).toLowerCase()
  return names.some((name) => name !== '' && hasWord(plain, name.toLowerCase()))
}

/**
 * Whether a text has this word, alone: with no letter or digit beside it. Korean particles may follow
 * (`미나야`), so a name that ends in a Korean syllable may be followed by others.
 */
export function hasWord(text: string, word: string): boolean {
  if (word === '') return false
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const after = at + word.length
    const isStart = at === 0 || !isLetter(text.charAt(at - 1))
    const isEnd = after >= text.length || !isLetter(text.charAt(after))
    if (isStart && (isEnd || isKorean(text.charAt(after)))) return true
  }
  return false
}

const LETTER = /[\p{L}\p{N}_]/u
const HANGUL = /[\uac00-\ud7a3]/

function isLetter(character: string): boolean {
  return LETTER.test(character)
}

function isKorean(character: string): boolean {
  return HANGUL.test(character)
}
