export const LANGUAGES = ['en', 'ko'] as const

export type Language = (typeof LANGUAGES)[number]

/** What a text is in each language, in the order of `LANGUAGES`. `{name}` stands for a value. */
export type Said = readonly [en: string, ko: string]

export type TextValues = Readonly<Record<string, string>>

/** The text with its values in place. */
export function sayIn(language: Language, said: Said, values: TextValues = {}): string {
  const text = said[LANGUAGES.indexOf(language)] ?? ''
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** The first of somebody's languages that there is; English if none is. */
export function languageOf(wanted: readonly string[]): Language {
  const primary = wanted.map((tag) => tag.toLowerCase().split('-', 1).join(''))
  return (
    primary.map((tag) => LANGUAGES.find((known) => known === tag)).find((found) => found) ?? 'en'
  )
}
