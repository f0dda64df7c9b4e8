import type { Member, Person } from '../../client/model.ts'
import { fitText, textWidth } from '../fit-text.ts'
import { dim, plain } from '../line.ts'
import type { Line } from '../line.ts'
import { safeText } from '../safe-text.ts'
import type { ChatState } from './chat-state.ts'
import type { ChatSay } from './chat-words.ts'
import { roleText } from './role-text.ts'
import { personColor, themeOf } from './theme.ts'
import type { Theme } from './theme.ts'

/** Who is in the open room, by standing, then by name. */
export function memberRows(state: ChatState, width: number): readonly Line[] {
  const theme = themeOf(state.theme)
  return membersOf(state).map(({ member, person }) =>
    memberLine(member, person, { width, theme, say: state.say }),
  )
}

/** Whoever is in a row of the list. */
export function memberNick(state: ChatState, row: number): string | undefined {
  const known = membersOf(state)[row]
  return known?.person?.nick ?? known?.member.key
}

function membersOf({ model, open }: ChatState): readonly Known[] {
  const members = open === undefined ? undefined : model.members.get(open)
  if (members === undefined) return []
  const prefixes = model.server.ranks.map(({ prefix }) => prefix)
  return sortedMembers(members, model.people, prefixes)
}

interface Known {
  readonly member: Member
  readonly person: Person | undefined
}

let lastSorted: { of: readonly unknown[]; sorted: readonly Known[] } | undefined

/** A room may have thousands, and is drawn ten times a second: sorted when it has changed. */
function sortedMembers(
  members: ReadonlyMap<string, Member>,
  people: ReadonlyMap<string, Person>,
  prefixes: readonly string[],
): readonly Known[] {
  if (lastSorted?.of[0] === members && lastSorted.of[1] === people) return lastSorted.sorted
  const rank = ({ ranks }: Member) => {
    const at = prefixes.indexOf(ranks.charAt(0))
    return ranks === '' || at < 0 ? prefixes.length : at
  }
  const sorted = [...members.values()]
    .map((member) => ({ member, person: people.get(member.key) }))
    .toSorted((a, b) => rank(a.member) - rank(b.member) || compared(a.member.key, b.member.key))
  lastSorted = { of: [members, people], sorted }
  return sorted
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function memberLine(
  { key, ranks }: Member,
  person: Person | undefined,
  { width, theme, say }: { width: number; theme: Theme; say: ChatSay },
): Line {
  const isAway = person?.presence === 'away'
  const nick = safeText(person?.nick ?? key)
  const role = person === undefined ? '' : roleText(person, say)
  const mark = safeText(ranks.slice(0, 1)) || ' '
  const name = fitText(nick, Math.min(textWidth(nick), width - 3))
  const used = 3 + textWidth(name)
  const rest = width - used - 1
  return [
    { text: ` ${mark}`, color: theme.accent },
    { text: name, color: personColor(key, theme), isDim: isAway },
    ...(role !== '' && rest >= 4 ? [plain(' '), dim(fitText(role, rest).trimEnd())] : []),
    ...(isAway && role === '' && rest >= 4
      ? [plain(' '), dim(fitText(say('away'), rest).trimEnd())]
      : []),
  ]
}
