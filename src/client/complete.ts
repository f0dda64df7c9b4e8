/** What could be meant by the word that somebody is typing: commands, people, rooms, emoji. */
import type { Model } from './model.ts'
import { EMOJI_NAMES } from './emoji-names.ts'
import { findSlash, SLASH_COMMANDS } from './slash-table.ts'

export interface Completion {
  readonly kind: 'command' | 'nick' | 'room' | 'emoji'
  /** What is shown. */
  readonly label: string
  /** Takes the place of the text from `from` to `to`. */
  readonly text: string
  readonly from: number
  readonly to: number
}

const MOST_SHOWN = 12

/** The best first; none when nothing is meant. */
export function completionsAt(
  model: Pick<Model, 'conversations' | 'members' | 'people' | 'timelines' | 'self'>,
  conversation: string,
  { text, at }: { readonly text: string; readonly at: number },
): readonly Completion[] {
  const from = wordStart(text, at)
  const word = text.slice(from, at)
  const place = { from, to: at }
  if (from === 0 && word.startsWith('/')) return commands(word.slice(1), place)
  if (word === '') return []
  if (word.startsWith(':') && word.length > 2) return emoji(word.slice(1), place)
  const wanted = wantedAt(text, from)
  if (wanted === 'command') return commands(word, place)
  if (word.startsWith('#') || wanted === 'room') return rooms(model, word, place)
  return nicks(model, conversation, { word, place, isStart: from === 0 })
}

type Span = Pick<Completion, 'from' | 'to'>

function wordStart(text: string, at: number): number {
  let from = at
  while (from > 0 && !/\s/.test(text.charAt(from - 1))) from--
  return from
}

function wantedAt(text: string, from: number): string | undefined {
  if (!text.startsWith('/')) return undefined
  const before = text.slice(0, from).trim().split(/\s+/)
  const command = findSlash((before[0] ?? '').slice(1))
  return command?.completes[before.length - 1]
}

function commands(start: string, span: Span): Completion[] {
  const lower = start.toLowerCase()
  return SLASH_COMMANDS.filter(({ name, aliases = [] }) =>
    [name, ...aliases].some((one) => one.startsWith(lower)),
  )
    .slice(0, MOST_SHOWN)
    .map(({ name }) => ({ kind: 'command', label: `/${name}`, text: `/${name} `, ...span }))
}

function emoji(start: string, span: Span): Completion[] {
  const lower = start.toLowerCase().replace(/:$/, '')
  const begins = EMOJI_NAMES.filter(([name]) => name.startsWith(lower))
  const within = EMOJI_NAMES.filter(([name]) => !name.startsWith(lower) && name.includes(lower))
  return [...begins, ...within]
    .slice(0, MOST_SHOWN)
    .map(([name, text]) => ({ kind: 'emoji', label: `${text} :${name}:`, text, ...span }))
}

function rooms(model: Pick<Model, 'conversations'>, start: string, span: Span): Completion[] {
  const lower = start.toLowerCase()
  const names = [...model.conversations.values()].flatMap(({ kind, name }) =>
    kind === 'room' ? [name] : [],
  )
  return names
    .filter(
      (name) =>
        name.toLowerCase().startsWith(lower) || name.slice(1).toLowerCase().startsWith(lower),
    )
    .sort()
    .slice(0, MOST_SHOWN)
    .map((name) => ({ kind: 'room', label: name, text: `${name} `, ...span }))
}

interface Wanted {
  readonly word: string
  readonly place: Span
  readonly isStart: boolean
}

/** Those who spoke last come first. */
function nicks(
  model: Pick<Model, 'members' | 'people' | 'timelines' | 'self'>,
  conversation: string,
  { word, place, isStart }: Wanted,
): Completion[] {
  const hasAt = word.startsWith('@')
  const lower = (hasAt ? word.slice(1) : word).toLowerCase()
  const found: string[] = []
  const spoken = lastSpeakers(model, conversation)
  for (const key of model.members.get(conversation)?.keys() ?? [conversation]) {
    const person = model.people.get(key)
    if (person === undefined || key === model.self.key) continue
    const names = [person.nick, person.metadata['display-name'] ?? '']
    if (names.some((name) => name.toLowerCase().startsWith(lower))) found.push(person.nick)
  }
  const rank = (nick: string) => spoken.get(nick) ?? Number.POSITIVE_INFINITY
  const text = (nick: string) => `${hasAt ? '@' : ''}${nick}${isStart && !hasAt ? ': ' : ' '}`
  return found
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .slice(0, MOST_SHOWN)
    .map((nick) => ({ kind: 'nick', label: nick, text: text(nick), ...place }))
}

function lastSpeakers(
  model: Pick<Model, 'timelines'>,
  conversation: string,
): ReadonlyMap<string, number> {
  const spoken = new Map<string, number>()
  for (const item of model.timelines.get(conversation)?.items.toReversed() ?? []) {
    if (item.kind === 'message' && !spoken.has(item.author.nick))
      spoken.set(item.author.nick, spoken.size)
  }
  return spoken
}
