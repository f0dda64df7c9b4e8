import { BYTES_PER_CHARACTER } from '../protocol/names.ts'
import { MESSAGE_BYTES } from '../protocol/limits.ts'
import { utf8Length } from '../protocol/utf8.ts'
import { wrapText } from '../protocol/wrap-text.ts'
import { reasonOf } from '../commands/reason.ts'
import type { ServerInfo } from '../commands/command.ts'

/** What somebody typed, fit for the wire, or what is wrong with it. */
export type Checked<T> =
  | { readonly ok: T; readonly problem?: undefined }
  | { readonly ok?: undefined; readonly problem: string }

/** Several lines of a notice, and no more: what is longer belongs on a page. */
export const MOST_TEXT_BYTES = 2000

/**
 * A text as the notices that it takes: one, or several when it is longer than a line that is for the
 * longest of nicks. Nothing is cut off.
 */
export function noticeLines(text: string, server: ServerInfo): Checked<readonly string[]> {
  if (text.trim() === '') return { problem: 'The text is empty' }
  if (BREAKS_LINES.test(text)) return { problem: LINE_BREAK }
  if (utf8Length(text) > MOST_TEXT_BYTES) {
    return { problem: `The text is longer than ${MOST_TEXT_BYTES} bytes` }
  }
  const nickBytes = server.limits.chat.nickLength * BYTES_PER_CHARACTER
  return { ok: wrapText(text, MESSAGE_BYTES - FRAME_BYTES - server.name.length - nickBytes) }
}

/** A reason that is to stand in one line; `otherwise` for none. */
export function oneReason(text: string, otherwise: string): Checked<string> {
  if (BREAKS_LINES.test(text)) return { problem: LINE_BREAK }
  const reason = reasonOf(text.trim(), otherwise)
  return typeof reason === 'string' ? { ok: reason } : { problem: reason.params.at(-1) ?? '' }
}

/** `:`, ` NOTICE `, ` :` and the line end. */
const FRAME_BYTES = 13

// oxlint-disable-next-line no-control-regex -- these are the bytes that would end a line early
const BREAKS_LINES = /[\0\r\n]/
const LINE_BREAK = 'A line break or a NUL can be no part of a line'
