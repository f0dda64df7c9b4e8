import type { Person } from '../../../client/model.ts'

/** How many colours there are for people: `--person-0` and so on. */
export const PERSON_HUES = 12

/** The name to be shown: what they call themselves, else their nick. */
export function shownName(person: Pick<Person, 'nick' | 'metadata'>): string {
  const name = person.metadata['display-name']?.trim()
  return name === undefined || name === '' ? person.nick : name
}

/** One or two characters that stand for a name: the first letters of two words; of Hangul the last two syllables, as a given name is. */
export function initialsOf(name: string): string {
  const words = name
    .normalize('NFC')
    .split(/[\s_.\-|[\]\\`^{}]+/u)
    .filter((word) => word !== '')
  const first = firstLetter(words[0] ?? name)
  if (first === '') return '?'
  if (/\p{Script=Hangul}/u.test(first))
    return Array.from(words[0] ?? '')
      .slice(-2)
      .join('')
  const second = words.length > 1 ? firstLetter(words.at(-1) ?? '') : ''
  return (first + second).toUpperCase()
}

function firstLetter(word: string): string {
  return /[\p{L}\p{N}]/u.exec(word)?.[0] ?? ''
}

/** Which of the colours is somebody's: the nearest to what they chose, else one by their name. */
export function hueOf(key: string, chosen: string | undefined): number {
  const hue = chosen === undefined ? undefined : hueIn(chosen)
  if (hue !== undefined) return Math.round(hue / (360 / PERSON_HUES)) % PERSON_HUES
  let hash = 0x811c9dc5
  // https://datatracker.ietf.org/doc/html/draft-eastlake-fnv: spreads even names that differ in one letter.
  for (const letter of key) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 8) % PERSON_HUES
}

/** The hue of `#rrggbb` in degrees; undefined for greys, and for what is no colour. */
function hueIn(color: string): number | undefined {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color)
  if (found === null) return undefined
  const [red = 0, green = 0, blue = 0] = found.slice(1).map((part) => Number.parseInt(part, 16))
  const most = Math.max(red, green, blue)
  const spread = most - Math.min(red, green, blue)
  if (spread < 24) return undefined
  if (most === red) return (60 * ((green - blue) / spread) + 360) % 360
  return most === green ? 60 * ((blue - red) / spread + 2) : 60 * ((red - green) / spread + 4)
}

/** The trades that have a word of their own: docs/metadata.md. */
export const KNOWN_ROLES = ['planner', 'programmer', 'artist'] as const

export type KnownRole = (typeof KNOWN_ROLES)[number]

export function knownRole(role: string | undefined): KnownRole | undefined {
  return KNOWN_ROLES.find((known) => known === role)
}
