export type Catalogue = Readonly<Record<string, readonly [en: string, ko: string]>>
export type Language = 'en' | 'ko'
export type Say<K extends string> = (
  key: K,
  values?: Readonly<Record<string, string | number>>,
) => string

/** Says the texts of a catalogue in one language; `{name}` is filled in. */
export function speaker<C extends Catalogue>(
  catalogue: C,
  language: Language,
): Say<keyof C & string> {
  const at = language === 'en' ? 0 : 1
  return (key, values = {}) =>
    (catalogue[key]?.[at] ?? '').replace(/\{(\w+)\}/g, (_, name: string) =>
      String(values[name] ?? ''),
    )
}
