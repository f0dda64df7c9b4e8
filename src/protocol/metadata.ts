/** What metadata may say. https://ircv3.net/specs/extensions/metadata https://ircv3.net/registry#metadata-keys */
import { utf8Length } from './utf8.ts'

/** "Key names are restricted to the ranges a-z, 0-9, and _./-" */
export function isMetadataKey(text: string): boolean {
  return /^[a-z0-9_./-]+$/.test(text) && text.length <= METADATA_KEY_BYTES
}

export const METADATA_KEY_BYTES = 64

/** Why a key can't have this value, as a client may show it; `undefined`: it can. */
export function valueFault(key: string, value: string, mostBytes: number): string | undefined {
  if (utf8Length(value) > mostBytes) return `a value has at most ${mostBytes} bytes`
  if (UNSEEN.test(value)) return 'a value has no control characters'
  return RULES[key]?.(value)
}

/** Control characters, ends of lines, and what turns the direction of a text that comes after it. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

const RULES: Readonly<Record<string, (value: string) => string | undefined>> = {
  avatar: webAddress,
  homepage: webAddress,
  url: webAddress,
  color: (value) => (/^#[0-9a-f]{6}$/i.test(value) ? undefined : 'a color is written #rrggbb'),
  'display-name': (value) => (value.trim() === '' ? 'a name is not empty' : undefined),
  role: (value) => (value.trim() === '' ? 'a role is not empty' : undefined),
}

/** Nothing that a client that shows it or follows it would run. `{size}` may stand in that of an avatar. */
function webAddress(value: string): string | undefined {
  if (/\s/.test(value) || !URL.canParse(value)) return 'it must be a web address'
  const { protocol, username, password } = new URL(value)
  if (protocol !== 'https:' && protocol !== 'http:') return 'it must begin with https:// or http://'
  return username === '' && password === '' ? undefined : 'it must not hold a password'
}
