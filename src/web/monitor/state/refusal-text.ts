import type { TextValues } from '../../shared/language.ts'
import type { TextKey } from './texts.ts'

/** What the API says to a request that it does not carry out. */
interface Refusal {
  readonly code: string
  readonly text: string
}

export interface RefusalText {
  readonly key: TextKey
  readonly values?: TextValues
}

/**
 * The text of the catalogue that says what the server said in English; `undefined` where there is none, and
 * the server's own has to do. A code that stands for one thing alone decides; most stand for several, which
 * only their texts tell apart.
 */
export function refusalText({ code, text }: Refusal): RefusalText | undefined {
  const byCode = BY_CODE.get(code)
  if (byCode !== undefined) return { key: byCode }
  for (const [pattern, key] of BY_TEXT) {
    const found = pattern.exec(text)
    if (found !== null) return { key, values: { ...found.groups } }
  }
  return undefined
}

const BY_CODE: ReadonlyMap<string, TextKey> = new Map([
  ['unauthorized', 'sessionEnded'],
  ['forbidden', 'noForbidden'],
  ['foreign origin', 'noForeign'],
  ['misdirected', 'noForeign'],
  ['too large', 'noTooLarge'],
  ['internal', 'noInternal'],
])

const BY_TEXT: readonly (readonly [pattern: RegExp, key: TextKey])[] = [
  [/^There is no such connection\.?$/, 'gone'],
  [/^There is no such room\.?$/, 'roomGone'],
  [/^There is no such ban$/, 'noSuchBan'],
  [/^There is nobody of this nick$/, 'noSuchNick'],
  [/^(?<nick>\S+) is not in (?<room>\S+)$/, 'noInRoom'],
  [/^This connection has no user yet$/, 'noUserYet'],
  [/^The text is empty$/, 'noEmptyText'],
  [/^The text is longer than (?<bytes>\d+) bytes$/, 'noLongText'],
  [/^The reason is (?:too long|longer than \d+ bytes)$/, 'noLongReason'],
  [/^A line break or a NUL /, 'noLineBreak'],
  [/^That is no mask for this ban/, 'noMask'],
  [/^A ban lasts some milliseconds/, 'noDuration'],
  [/^This would (?:mute|disconnect) (?<hit>\d+) of (?<all>\d+) users$/, 'noCrowd'],
  [/^This mask fits very many$/, 'noVague'],
  [/^too many passwords are being checked/, 'noBusy'],
  [/^Too many tries/, 'noTries'],
  [/^The old password is wrong\.$/, 'noOldPassword'],
  [/^there is an operator (?<name>\S+) already$/, 'noSecondOperator'],
  [/^there is no operator (?<name>\S+)$/, 'noSuchOperator'],
  [/^there is no token /, 'noSuchToken'],
  [/^(?:there is no session |There is no such session)/, 'noSuchSession'],
  [/^(?<name>\S+) is the last admin and has to stay/, 'noLastAdmin'],
  [/^the name is empty$/, 'noEmptyName'],
  [/^the name has (?<count>\d+) characters, and may have (?<most>\d+)$/, 'noLongName'],
  [/^the name (?:is not in NFC|has spaces or characters)/, 'noVisibleName'],
  [/^the name (?<name>\S+) is taken by the server/, 'noServerName'],
  [/^the password must have at least (?<count>\d+) characters$/, 'noShortPassword'],
  [/^the password may have at most (?<bytes>\d+) bytes$/, 'noLongPassword'],
  [/^the password must not be the name$/, 'noNamePassword'],
]
