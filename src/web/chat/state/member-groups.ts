import type { Member, Person, PersonKey, ServerFacts } from '../../../client/model.ts'
import { shownName } from './person-look.ts'

export interface MemberGroup {
  /** The prefix of those in it: `@`; empty: none. */
  readonly prefix: string
  readonly people: readonly Person[]
}

/** Members by their standing, highest first, and by name in it; who is away stands behind. */
export function memberGroups(
  members: ReadonlyMap<PersonKey, Member>,
  people: ReadonlyMap<PersonKey, Person>,
  ranks: ServerFacts['ranks'],
): readonly MemberGroup[] {
  const groups = new Map<string, Person[]>(
    [...ranks.map(({ prefix }) => prefix), ''].map((prefix) => [prefix, []]),
  )
  for (const { key, ranks: own } of members.values()) {
    const group = groups.get(own.slice(0, 1)) ?? groups.get('')
    group?.push(people.get(key) ?? strangerOf(key))
  }
  const { compare } = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })
  return [...groups]
    .filter(([, group]) => group.length > 0)
    .map(([prefix, group]) => ({
      prefix,
      people: group.sort(
        (a, b) => awayLast(a) - awayLast(b) || compare(shownName(a), shownName(b)),
      ),
    }))
}

function awayLast({ presence }: Person): number {
  return presence === 'away' || presence === 'gone' ? 1 : 0
}

export function strangerOf(key: PersonKey, nick: string = key): Person {
  return { key, nick, isBot: false, presence: 'unknown', metadata: {} }
}
