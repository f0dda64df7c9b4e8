import { lettersOf } from '../fit-text.ts'
import type { Key } from '../key-decoder.ts'

/** What is being written, and where in it: `cursor` counts UTF-16 units, and is never inside a letter. */
export interface Composer {
  readonly text: string
  readonly cursor: number
  /** What was sent before, oldest first, and which of it is shown; undefined: what is being written. */
  readonly history: readonly string[]
  readonly historyAt: number | undefined
  /** What was being written before one went back. */
  readonly kept: string
}

export const EMPTY_COMPOSER: Composer = {
  text: '',
  cursor: 0,
  history: [],
  historyAt: undefined,
  kept: '',
}

/** No message is longer, in UTF-16 units; a paste beyond it is refused, not cut. */
export const MAX_TYPED = 16_384
const MAX_HISTORY = 100

export function withText(composer: Composer, text: string): Composer {
  return { ...composer, text, cursor: text.length }
}

export function inserted(composer: Composer, piece: string): Composer {
  const { text, cursor } = composer
  if (text.length + piece.length > MAX_TYPED) return composer
  const next = text.slice(0, cursor) + piece + text.slice(cursor)
  // A vowel may join the letter before it: the cursor stands after the whole.
  return { ...composer, text: next, cursor: cursor + piece.length }
}

/** After what was written was sent. */
export function emptied(composer: Composer): Composer {
  const { text, history } = composer
  const isNew = text !== '' && text !== history.at(-1) && !MAY_HOLD_SECRET.test(text)
  const kept = isNew ? [...history, text].slice(-MAX_HISTORY) : history
  return { ...EMPTY_COMPOSER, history: kept }
}

/** Passwords are not to be seen again. */
const MAY_HOLD_SECRET = /^\/(?:login|register|ns|raw|quote|oper|(?:msg|m|query) +nickserv)\b/i

/** A key that edits; undefined: it doesn't. */
export function edited(composer: Composer, key: Key): Composer | undefined {
  if (key.kind === 'text') return inserted(composer, key.text)
  if (key.kind === 'control') return controlled(composer, key.letter)
  if (key.kind !== 'named') return undefined
  if (key.modifier !== undefined) return modified(composer, key.name)
  const edit = NAMED[key.name]
  return edit?.(composer)
}

type Edit = (composer: Composer) => Composer

const NAMED: Readonly<Record<string, Edit>> = {
  left: (composer) => ({ ...composer, cursor: before(composer) }),
  right: (composer) => ({ ...composer, cursor: behind(composer) }),
  home: (composer) => ({ ...composer, cursor: lineStart(composer) }),
  end: (composer) => ({ ...composer, cursor: lineEnd(composer) }),
  backspace: (composer) => removed(composer, before(composer), composer.cursor),
  delete: (composer) => removed(composer, composer.cursor, behind(composer)),
  newLine: (composer) => inserted(composer, '\n'),
}

function controlled(composer: Composer, letter: string): Composer | undefined {
  const { cursor } = composer
  switch (letter) {
    case 'a':
      return { ...composer, cursor: lineStart(composer) }
    case 'e':
      return { ...composer, cursor: lineEnd(composer) }
    case 'd':
      return removed(composer, cursor, behind(composer))
    case 'u':
      return removed(composer, lineStart(composer), cursor)
    case 'w':
      return removed(composer, wordStart(composer), cursor)
    default:
      return undefined
  }
}

function modified(composer: Composer, name: string): Composer | undefined {
  if (name === 'left') return { ...composer, cursor: wordStart(composer) }
  if (name === 'right') return { ...composer, cursor: wordEnd(composer) }
  return undefined
}

/** Through what was sent before. */
export function recalled(composer: Composer, step: -1 | 1): Composer {
  const { history, historyAt, text } = composer
  const at = (historyAt ?? history.length) + step
  if (at < 0 || at > history.length) return composer
  const kept = historyAt === undefined ? text : composer.kept
  const isNow = at === history.length
  const shown = isNow ? kept : (history[at] ?? '')
  return { ...withText(composer, shown), kept, historyAt: isNow ? undefined : at }
}

/** The cursor a line up or down within what is written; undefined: there is none. */
export function movedLine(composer: Composer, step: -1 | 1): Composer | undefined {
  const { text } = composer
  const start = lineStart(composer)
  const end = lineEnd(composer)
  const column = lettersOf(text.slice(start, composer.cursor)).length
  if (step < 0 ? start === 0 : end === text.length) return undefined
  const from = step < 0 ? lineStart({ ...composer, cursor: start - 1 }) : end + 1
  const newEnd = text.indexOf('\n', from)
  const line = text.slice(from, newEnd < 0 ? undefined : newEnd)
  return { ...composer, cursor: from + lettersOf(line).slice(0, column).join('').length }
}

function removed(composer: Composer, from: number, to: number): Composer {
  const { text } = composer
  return { ...composer, text: text.slice(0, from) + text.slice(to), cursor: from }
}

function before({ text, cursor }: Composer): number {
  return cursor - (lettersOf(text.slice(0, cursor)).at(-1)?.length ?? 0)
}

function behind({ text, cursor }: Composer): number {
  return cursor + (lettersOf(text.slice(cursor, cursor + 64))[0]?.length ?? 0)
}

function lineStart({ text, cursor }: Composer): number {
  return cursor === 0 ? 0 : text.lastIndexOf('\n', cursor - 1) + 1
}

function lineEnd({ text, cursor }: Composer): number {
  const end = text.indexOf('\n', cursor)
  return end < 0 ? text.length : end
}

function wordStart({ text, cursor }: Composer): number {
  let at = cursor
  while (at > 0 && isSpace(text, at - 1)) at--
  while (at > 0 && !isSpace(text, at - 1)) at--
  return at
}

function wordEnd({ text, cursor }: Composer): number {
  let at = cursor
  while (at < text.length && isSpace(text, at)) at++
  while (at < text.length && !isSpace(text, at)) at++
  return at
}

function isSpace(text: string, at: number): boolean {
  return text.charAt(at).trim() === ''
}
