import { sayIn, type Language, type Said, type TextValues } from '../../shared/language.ts'
import { LOOK_TEXTS } from '../../shared/texts-looks.ts'
import { ACCESS_TEXTS } from './texts-access.ts'
import { ACTION_TEXTS } from './texts-actions.ts'
import { FRAME_TEXTS } from './texts-frame.ts'
import { REFUSAL_TEXTS } from './texts-refusals.ts'
import { TABLE_TEXTS } from './texts-tables.ts'

/** Everything that the page says: a key can't be without one of the languages. */
export const TEXTS = {
  ...FRAME_TEXTS,
  ...TABLE_TEXTS,
  ...ACTION_TEXTS,
  ...ACCESS_TEXTS,
  ...REFUSAL_TEXTS,
  ...LOOK_TEXTS,
} as const satisfies Readonly<Record<string, Said>>

export type TextKey = keyof typeof TEXTS

/** The text of a key with its values in place. */
export function textOf(language: Language, key: TextKey, values?: TextValues): string {
  return sayIn(language, TEXTS[key], values)
}
