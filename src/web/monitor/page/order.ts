import type { Method } from '../feed/api.ts'
import type { TextValues } from '../../shared/language.ts'
import type { TextKey } from '../state/texts.ts'

/** A blank in a dialog. */
export interface Blank {
  readonly name: string
  readonly label: TextKey
  readonly kind: 'text' | 'long' | 'password' | 'choice' | 'check'
  readonly choices?: readonly Choice[]
  readonly initial?: string
  readonly hint?: TextKey
  readonly isRequired?: true
  /** Only shown when the server said that it is not possible without. */
  readonly isAfterConflict?: true
}

export interface Choice {
  readonly value: string
  /** A key of the catalogue, or text as somebody wrote it. */
  readonly label?: TextKey
  readonly text?: string
}

/** Something to do that is asked about once: a dialog, and what is sent when it is confirmed. */
export interface Order {
  readonly title: TextKey
  /** Whom or what it is about, as somebody wrote it; `{who}` of the title. */
  readonly who?: string
  readonly more?: TextKey
  readonly moreValues?: TextValues
  readonly submit: TextKey
  readonly isDangerous?: true
  readonly blanks: readonly Blank[]
  readonly method: Method
  readonly path: (filled: Filled) => string
  readonly body?: (filled: Filled) => object
  readonly onDone?: (value: unknown) => void
}

export type Filled = Readonly<Record<string, string>>
