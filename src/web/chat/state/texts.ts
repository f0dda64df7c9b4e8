import { DIALOG_TEXTS } from './texts-dialogs.ts'
import { FRAME_TEXTS } from './texts-frame.ts'
import { MESSAGE_TEXTS } from './texts-messages.ts'
import { REFUSAL_TEXTS } from './texts-refusals.ts'

export const LANGUAGES = ['en', 'ko'] as const

export type Language = (typeof LANGUAGES)[number]

/** What a text is in each language, in the order of `LANGUAGES`. `{name}` stands for a value. */
type Said = readonly [en: string, ko: string]

/** Everything that the page says: a key can't be without one of the languages. */
export const TEXTS = {
  ...FRAME_TEXTS,
  ...MESSAGE_TEXTS,
  ...DIALOG_TEXTS,
  ...REFUSAL_TEXTS,
} as const satisfies Readonly<Record<string, Said>>

export type TextKey = keyof typeof TEXTS

export type TextValues = Readonly<Record<string, string>>

/** The text of a key with its values in place. */
export function textOf(language: Language, key: TextKey, values: TextValues = {}): string {
  const text = TEXTS[key][LANGUAGES.indexOf(language)] ?? ''
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** The first of somebody's languages that there is; English if none is. */
export function languageOf(wanted: readonly string[]): Language {
  const primary = wanted.map((tag) => tag.toLowerCase().split('-', 1).join(''))
  return (
    primary.map((tag) => LANGUAGES.find((known) => known === tag)).find((found) => found) ?? 'en'
  )
}
