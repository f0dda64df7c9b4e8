import { CLIENT_TAG_BYTES, MESSAGE_BYTES } from './limits.ts'
import { utf8Length } from './utf8.ts'

const AT = 0x40
/** No text of so many UTF-16 units can be over the limit of a message, whatever it holds. */
const SURELY_SHORT = Math.floor((MESSAGE_BYTES - 2) / 3)

/**
 * Whether a line (without its line end) is longer than a client may send: 510 bytes, and 4,096 of tags
 * with their `@` and space. "Servers MUST reply with ERR_INPUTTOOLONG", and never truncate.
 * https://ircv3.net/specs/extensions/message-tags#size-limit
 */
export function lengthFault(line: string): boolean {
  const isTagged = line.charCodeAt(0) === AT
  if (!isTagged && line.length <= SURELY_SHORT) return false
  const rest = isTagged ? line.indexOf(' ') + 1 : 0
  if (isTagged && (rest === 0 || utf8Length(line.slice(0, rest)) > CLIENT_TAG_BYTES)) return true
  return utf8Length(line.slice(rest)) > MESSAGE_BYTES - 2
}
