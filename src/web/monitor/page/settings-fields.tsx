import type { ReactElement } from 'react'
import { LANGUAGES } from '../state/texts.ts'
import { THEMES, useSettings } from './settings.tsx'

const THEME_TEXTS = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const
const LANGUAGE_NAMES = { en: 'English', ko: '한국어' } as const

export function SettingsFields(): ReactElement {
  const { t, theme, language, setTheme, setLanguage } = useSettings()
  return (
    <>
      <label>
        {t('theme')}
        <select
          value={theme}
          onChange={({ target }) =>
            setTheme(THEMES.find((one) => one === target.value) ?? 'system')
          }
        >
          {THEMES.map((one) => (
            <option key={one} value={one}>
              {t(THEME_TEXTS[one])}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('language')}
        <select
          value={language}
          onChange={({ target }) =>
            setLanguage(LANGUAGES.find((one) => one === target.value) ?? 'en')
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
