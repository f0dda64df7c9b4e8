import type { ReactElement } from 'react'
import { LANGUAGES, type Language } from '../language.ts'
import { ChoiceField } from './choice-field.tsx'
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
      <ChoiceField
        label={t('theme')}
        value={theme}
        choices={THEMES}
        onChoose={(chosen) => set('theme', chosen)}
      >
        {(one) => t(THEME_TEXTS[one])}
      </ChoiceField>
      <ChoiceField
        label={t('language')}
        value={language}
        choices={LANGUAGES}
        langOf={(one) => one}
        onChoose={(chosen) => set('language', chosen)}
      >
        {(one) => LANGUAGE_NAMES[one]}
      </ChoiceField>
    </>
  )
}
