import { useEffect, useMemo, useState } from 'react'
import { keep, kept } from './browser-memory.ts'
import { LANGUAGES, languageOf, type Language } from '../language.ts'

export const THEMES = ['system', 'light', 'dark'] as const

export type Theme = (typeof THEMES)[number]

/** How this reader wants a page, kept in this browser. */
export interface Looks {
  readonly language: Language
  readonly theme: Theme
}

export type Choose<Choices> = <Name extends keyof Choices & string>(
  name: Name,
  value: Choices[Name] & string,
) => void

/** What a reader chose, of which `keptChoices` reads what the browser kept; the page looks as they want. */
export function useLooks<Choices extends Looks>(
  keptChoices: () => Choices,
): readonly [Choices, Choose<Choices>] {
  const [choices, setChoices] = useState(keptChoices)
  const { language, theme } = choices
  useEffect(() => {
    const { documentElement } = document
    documentElement.lang = language
    if (theme === 'system') delete documentElement.dataset['theme']
    else documentElement.dataset['theme'] = theme
  }, [language, theme])
  const choose = useMemo(
    (): Choose<Choices> => (name, value) => {
      keep(name, value)
      setChoices((before) => ({ ...before, [name]: value }))
    },
    [],
  )
  return [choices, choose]
}

export function keptLooks(): Looks {
  return {
    language: keptChoice('language', LANGUAGES, languageOf(navigator.languages)),
    theme: keptChoice('theme', THEMES, 'system'),
  }
}

/** What the browser kept of a choice, or what is usual where that is none of those that are known. */
export function keptChoice<Value extends string>(
  name: string,
  known: readonly Value[],
  usual: Value,
): Value {
  return known.find((value) => value === kept(name)) ?? usual
}
