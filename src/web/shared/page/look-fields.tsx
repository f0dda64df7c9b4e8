import type { ReactElement } from 'react'
import { LANGUAGES, type Language } from '../language.ts'
import { THEMES, type Looks, type Theme } from './looks.ts'
import type { LOOK_TEXTS } from '../texts-looks.ts'

const THEME_TEXTS = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const
const LANGUAGE_NAMES = { en: 'English', ko: '한국어' } as const

interface LookFieldsProps extends Looks {
  readonly t: (key: keyof typeof LOOK_TEXTS) => string
  readonly set: ((name: 'theme', value: Theme) => void) &
    ((name: 'language', value: Language) => void)
}

/** The theme, and the language. */
export function LookFields({ t, theme, language, set }: LookFieldsProps): ReactElement {
  return (
    <>
      <label className="look">
        {t('theme')}
        <select
          className="select"
          value={theme}
          onChange={({ target }) =>
            set('theme', THEMES.find((one) => one === target.value) ?? 'system')
          }
        >
          {THEMES.map((one) => (
            <option key={one} value={one}>
              {t(THEME_TEXTS[one])}
            </option>
          ))}
        </select>
      </label>
      <label className="look">
        {t('language')}
        <select
          className="select"
          value={language}
          onChange={({ target }) =>
            set('language', LANGUAGES.find((one) => one === target.value) ?? 'en')
          }
        >
          {LANGUAGES.map((one) => (
            <option key={one} value={one} lang={one}>
              {LANGUAGE_NAMES[one]}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}
