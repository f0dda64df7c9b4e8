import { sayIn, type Language, type Said, type TextValues } from '../../shared/language.ts'
import { LOOK_TEXTS } from '../../shared/texts-looks.ts'
import { DIALOG_TEXTS } from './texts-dialogs.ts'
import { FRAME_TEXTS } from './texts-frame.ts'
import { MESSAGE_TEXTS } from './texts-messages.ts'
import { REFUSAL_TEXTS } from './texts-refusals.ts'

/** Everything that the page says: a key can't be without one of the languages. */
export const TEXTS = {
  ...FRAME_TEXTS,
  ...MESSAGE_TEXTS,
  ...DIALOG_TEXTS,
  ...REFUSAL_TEXTS,
  ...LOOK_TEXTS,
} as const satisfies Readonly<Record<string, Said>>

export type TextKey = keyof typeof TEXTS

/** The text of a key with its values in place. */
export function textOf(language: Language, key: TextKey, values?: TextValues): string {
  return sayIn(language, TEXTS[key], values)
}
