import type { Language } from '../catalogue.ts'
import { readKept, writeKept } from '../kept-file.ts'
import type { ChatState, Side } from './chat-state.ts'
import { THEMES } from './theme.ts'
import type { ThemeName } from './theme.ts'

/** How somebody has made it look, by commands and keys. */
export interface Looks {
  readonly theme: ThemeName
  readonly language: Language
  readonly sides: ChatState['sides']
}

const LANGUAGES = ['en', 'ko'] as const satisfies readonly Language[]
const SIDES = ['auto', 'shown', 'hidden'] as const satisfies readonly Side[]

/** What is absent, or can't be read, is as usual: nobody loses anything by it. */
export function readLooks(path: string): Partial<Looks> {
  const { theme, language, rooms, members } = fieldsIn(path)
  const kept = {
    theme: THEMES.find((one) => one === theme),
    language: LANGUAGES.find((one) => one === language),
  }
  const side = (wanted: unknown): Side => SIDES.find((one) => one === wanted) ?? 'auto'
  return {
    ...(kept.theme === undefined ? {} : { theme: kept.theme }),
    ...(kept.language === undefined ? {} : { language: kept.language }),
    sides: { rooms: side(rooms), members: side(members) },
  }
}

export function keepLooks(path: string, { theme, language, sides }: Looks): void {
  writeKept(path, `${JSON.stringify({ theme, language, ...sides }, undefined, 2)}\n`)
}

function fieldsIn(path: string): Partial<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(readKept(path) ?? '{}')
    return typeof parsed === 'object' && parsed !== null ? parsed : {}
  } catch {
    return {}
  }
}
