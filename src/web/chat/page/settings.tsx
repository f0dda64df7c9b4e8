import {
  createContext,
  use,
  useEffect,
  useMemo,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react'
import { systemClock } from '../../../base/clock.ts'
import { createFormat, type Format } from '../state/format.ts'
import {
  LANGUAGES,
  languageOf,
  textOf,
  type Language,
  type TextKey,
  type TextValues,
} from '../state/texts.ts'
import { keep, kept } from './browser-memory.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export const DENSITIES = ['comfortable', 'compact'] as const
export const SWITCH = ['on', 'off'] as const

export type Theme = (typeof THEMES)[number]
export type Density = (typeof DENSITIES)[number]
export type Switch = (typeof SWITCH)[number]

/** How this reader wants the page, kept in this browser. */
export interface Choices {
  readonly language: Language
  readonly theme: Theme
  readonly density: Density
  readonly notifications: Switch
  readonly sounds: Switch
  /** Nothing is told but by counts. */
  readonly quiet: Switch
}

export interface Settings extends Choices {
  /** A text of the catalogue in their language. */
  readonly t: (key: TextKey, values?: TextValues) => string
  readonly format: Format
  readonly set: <Name extends keyof Choices>(name: Name, value: Choices[Name]) => void
}

const SettingsContext = createContext<Settings | undefined>(undefined)

export function useSettings(): Settings {
  const settings = use(SettingsContext)
  if (settings === undefined) throw new Error('outside of SettingsProvider')
  return settings
}

export function SettingsProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [choices, setChoices] = useState(keptChoices)
  const { language, theme, density } = choices
  useEffect(() => {
    const { documentElement } = document
    documentElement.lang = language
    documentElement.dataset['density'] = density
    if (theme === 'system') delete documentElement.dataset['theme']
    else documentElement.dataset['theme'] = theme
  }, [language, theme, density])
  const settings = useMemo(
    (): Settings => ({
      ...choices,
      t: (key, values) => textOf(choices.language, key, values),
      format: createFormat(choices.language, () => systemClock.now()),
      set(name, value) {
        keep(name, value)
        setChoices((before) => ({ ...before, [name]: value }))
      },
    }),
    [choices],
  )
  return <SettingsContext value={settings}>{children}</SettingsContext>
}

function keptChoices(): Choices {
  const one = <Value extends string>(name: string, known: readonly Value[], usual: Value): Value =>
    known.find((value) => value === kept(name)) ?? usual
  return {
    language: one('language', LANGUAGES, languageOf(navigator.languages)),
    theme: one('theme', THEMES, 'system'),
    density: one('density', DENSITIES, 'comfortable'),
    notifications: one('notifications', SWITCH, 'off'),
    sounds: one('sounds', SWITCH, 'off'),
    quiet: one('quiet', SWITCH, 'off'),
  }
}
