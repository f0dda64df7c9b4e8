import { createContext, use, useEffect, useMemo, type ReactElement, type ReactNode } from 'react'
import { systemClock } from '../../../base/clock.ts'
import type { TextValues } from '../../shared/language.ts'
import {
  keptChoice,
  keptLooks,
  useLooks,
  type Choose,
  type Looks,
} from '../../shared/page/looks.ts'
import { createFormat, type Format } from '../state/format.ts'
import { textOf, type TextKey } from '../state/texts.ts'

export const DENSITIES = ['comfortable', 'compact'] as const
export const SWITCH = ['on', 'off'] as const

export type Density = (typeof DENSITIES)[number]
export type Switch = (typeof SWITCH)[number]

/** How this reader wants the page, kept in this browser. */
export interface Choices extends Looks {
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
  readonly set: Choose<Choices>
}

const SettingsContext = createContext<Settings | undefined>(undefined)

export function useSettings(): Settings {
  const settings = use(SettingsContext)
  if (settings === undefined) throw new Error('outside of SettingsProvider')
  return settings
}

export function SettingsProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [choices, set] = useLooks(keptChoices)
  const { density } = choices
  useEffect(() => {
    document.documentElement.dataset['density'] = density
  }, [density])
  const settings = useMemo(
    (): Settings => ({
      ...choices,
      t: (key, values) => textOf(choices.language, key, values),
      format: createFormat(choices.language, () => systemClock.now()),
      set,
    }),
    [choices, set],
  )
  return <SettingsContext value={settings}>{children}</SettingsContext>
}

function keptChoices(): Choices {
  return {
    ...keptLooks(),
    density: keptChoice('density', DENSITIES, 'comfortable'),
    notifications: keptChoice('notifications', SWITCH, 'off'),
    sounds: keptChoice('sounds', SWITCH, 'off'),
    quiet: keptChoice('quiet', SWITCH, 'off'),
  }
}
