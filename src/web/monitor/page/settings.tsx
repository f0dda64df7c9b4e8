import {
  createContext,
  use,
  useEffect,
  useMemo,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react'
import type { Answer } from '../feed/api.ts'
import { createFormat, type Format } from '../state/format.ts'
import { refusalText } from '../state/refusal-text.ts'
import {
  LANGUAGES,
  languageOf,
  textOf,
  type Language,
  type TextKey,
  type TextValues,
} from '../state/texts.ts'

export const THEMES = ['system', 'light', 'dark'] as const

export type Theme = (typeof THEMES)[number]

/** How this reader wants the page, kept in this browser. */
export interface Settings {
  readonly language: Language
  readonly theme: Theme
  /** A text of the catalogue in their language. */
  readonly t: (key: TextKey, values?: TextValues) => string
  /** Why the API did not do something, in their language where we have it; what the server said is untrusted text. */
  readonly refusal: (refusal: Refusal) => string
  readonly format: Format
  readonly setLanguage: (language: Language) => void
  readonly setTheme: (theme: Theme) => void
}

const SettingsContext = createContext<Settings | undefined>(undefined)

export function useSettings(): Settings {
  const settings = use(SettingsContext)
  if (settings === undefined) throw new Error('outside of SettingsProvider')
  return settings
}

export function SettingsProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [language, setLanguage] = useKept('language', LANGUAGES, () =>
    languageOf(navigator.languages),
  )
  const [theme, setTheme] = useKept('theme', THEMES, () => 'system')
  useEffect(() => {
    document.documentElement.lang = language
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }, [language, theme])
  const settings = useMemo(
    () => ({
      language,
      theme,
      t: (key: TextKey, values?: TextValues) => textOf(language, key, values),
      refusal: (refused: Refusal) => refusalIn(language, refused),
      format: createFormat(language),
      setLanguage,
      setTheme,
    }),
    [language, theme, setLanguage, setTheme],
  )
  return <SettingsContext value={settings}>{children}</SettingsContext>
}

type Refusal = Extract<Answer<unknown>, { readonly ok: false }>

function refusalIn(language: Language, refused: Refusal): string {
  if (refused.status === 0) return textOf(language, 'failedNetwork')
  const known = refusalText(refused)
  return known === undefined ? refused.text : textOf(language, known.key, known.values)
}

function useKept<Value extends string>(
  name: string,
  known: readonly Value[],
  usual: () => Value,
): readonly [Value, (value: Value) => void] {
  const [value, setValue] = useState(() => known.find((one) => one === kept(name)) ?? usual())
  const keep = useMemo(
    () => (next: Value) => {
      setValue(next)
      // A browser may forbid it: then it holds until the page is closed.
      try {
        localStorage.setItem(`maru.${name}`, next)
      } catch {}
    },
    [name],
  )
  return [value, keep]
}

function kept(name: string): string | null {
  try {
    return localStorage.getItem(`maru.${name}`)
  } catch {
    return null
  }
}
