/** Texts by their keys, English and Korean side by side; `{name}` is filled in. */
export type Catalogue = Readonly<Record<string, readonly [en: string, ko: string]>>
export type Language = 'en' | 'ko'
export type Say<K extends string> = (
  key: K,
  values?: Readonly<Record<string, string | number>>,
) => string

/** Says the texts of a catalogue in the language that is asked for. */
export function speaker<C extends Catalogue>(
  catalogue: C,
): (language: Language) => Say<keyof C & string> {
  return (language) => {
    const at = language === 'en' ? 0 : 1
    return (key, values = {}) =>
      (catalogue[key]?.[at] ?? '').replace(/\{(\w+)\}/g, (_, name: string) =>
        String(values[name] ?? ''),
      )
  }
}

/** Of the usual variables of the environment, the first that says something. */
export function languageOf(locales: readonly (string | undefined)[]): Language {
  const locale = locales.find((text) => text !== undefined && text !== '') ?? ''
  return /^ko(?:_|$|\.|-)/i.test(locale) ? 'ko' : 'en'
}
