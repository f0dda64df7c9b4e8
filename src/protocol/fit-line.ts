import { MESSAGE_BYTES } from './limits.ts'
import { truncateUtf8, utf8Length } from './utf8.ts'

/**
 * The parameters of a line, the last of them shortened where it shows (`…`) if the line would be longer
 * than 512 bytes. For what one person wrote within its limit and another asks for: with the longest of
 * nicks and server names a topic, an away message or a real name may not fit behind them.
 */
export function fitLine(
  source: string,
  command: string,
  params: readonly string[],
): readonly string[] {
  let units = FRAME_BYTES + source.length + command.length
  for (const param of params) units += 1 + param.length
  if (3 * units <= MESSAGE_BYTES) return params
  const last = params.at(-1) ?? ''
  const before = params.slice(0, -1)
  const room = MESSAGE_BYTES - bytesOf([source, command, ...before, last])
  if (room >= 0) return params
  const kept = utf8Length(last) + room - ELLIPSIS_BYTES
  return kept < 0 ? params : [...before, `${truncateUtf8(last, kept)}…`]
}

/** `:`, the one before the last parameter, and the line end; less the space that no source has in front. */
const FRAME_BYTES = 3
const ELLIPSIS_BYTES = 3

function bytesOf(words: readonly string[]): number {
  let bytes = FRAME_BYTES
  for (const word of words) bytes += 1 + utf8Length(word)
  return bytes
}
