import { BYTES_PER_CHARACTER } from '../protocol/names.ts'
import { MESSAGE_BYTES } from '../protocol/limits.ts'
import { formatMessage } from '../protocol/message.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { utf8Length } from '../protocol/utf8.ts'
import type { User } from '../state/user.ts'
import type { ServerInfo } from './command.ts'

/** Whether what `user` causes fits in a line as others get it: nothing is cut off to make it fit. */
export function fitsLine(user: User, command: string, params: readonly string[]): boolean {
  return fits(user.source, command, params)
}

/** The same for what the server itself causes. */
export function fitsServerLine(
  { name }: ServerInfo,
  command: string,
  params: readonly string[],
): boolean {
  return fits(name, command, params)
}

/** Whether everyone can get this numeric, whatever their nick is. */
export function fitsNumeric({ name, limits }: ServerInfo, { code, params }: Numeric): boolean {
  const longestNick = 'n'.repeat(limits.chat.nickLength * BYTES_PER_CHARACTER)
  return fits(name, code, [longestNick, ...params])
}

function fits(source: string, command: string, params: readonly string[]): boolean {
  return utf8Length(formatMessage(source, command, params)) + LINE_END_BYTES <= MESSAGE_BYTES
}

const LINE_END_BYTES = 2
