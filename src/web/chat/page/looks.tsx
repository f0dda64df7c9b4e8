import type { ReactElement } from 'react'
import { LANGUAGES } from '../state/texts.ts'
import { DENSITIES, THEMES, useSettings } from './settings.tsx'

const THEME_TEXTS = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const
const LANGUAGE_NAMES = { en: 'English', ko: '한국어' } as const

/** How the page looks, and in which language it speaks. */
export function Looks(): ReactElement {
  const { t, theme, language, set } = useSettings()
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

export function DensityLook(): ReactElement {
  const { t, density, set } = useSettings()
  return (
    <label className="look">
      {t('density')}
      <select
        className="select"
        value={density}
        onChange={({ target }) =>
          set('density', DENSITIES.find((one) => one === target.value) ?? 'comfortable')
        }
      >
        {DENSITIES.map((one) => (
          <option key={one} value={one}>
            {t(one)}
          </option>
        ))}
      </select>
    </label>
  )
}
