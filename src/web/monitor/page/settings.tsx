import { createContext, use, useMemo, type ReactElement, type ReactNode } from 'react'
import type { Language, TextValues } from '../../shared/language.ts'
import { keptLooks, useLooks, type Choose, type Looks } from '../../shared/page/looks.ts'
import type { Answer } from '../feed/api.ts'
import { createFormat, type Format } from '../state/format.ts'
import { refusalText } from '../state/refusal-text.ts'
import { textOf, type TextKey } from '../state/texts.ts'

/** How this reader wants the page, kept in this browser. */
export interface Settings extends Looks {
  /** A text of the catalogue in their language. */
  readonly t: (key: TextKey, values?: TextValues) => string
  /** Why the API did not do something, in their language where we have it; what the server said is untrusted text. */
  readonly refusal: (refusal: Refusal) => string
  readonly format: Format
  readonly set: Choose<Looks>
}

const SettingsContext = createContext<Settings | undefined>(undefined)

export function useSettings(): Settings {
  const settings = use(SettingsContext)
  if (settings === undefined) throw new Error('outside of SettingsProvider')
  return settings
}

export function SettingsProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [looks, set] = useLooks(keptLooks)
  const settings = useMemo((): Settings => {
    const { language } = looks
    return {
      ...looks,
      t: (key, values) => textOf(language, key, values),
      refusal: (refused) => refusalIn(language, refused),
      format: createFormat(language),
      set,
    }
  }, [looks, set])
  return <SettingsContext value={settings}>{children}</SettingsContext>
}

type Refusal = Extract<Answer<unknown>, { readonly ok: false }>

function refusalIn(language: Language, refused: Refusal): string {
  if (refused.status === 0) return textOf(language, 'failedNetwork')
  const known = refusalText(refused)
  return known === undefined ? refused.text : textOf(language, known.key, known.values)
}
