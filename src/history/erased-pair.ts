/** A pair's row: its people as a JSON array, and what they were called, with a space between them. */
interface PairRow {
  readonly id: number
  readonly people: string
  readonly name: string
}

const ERASED_NICK = 'erased'

/** Both stay sorted by who they are, and what they were called with them. */
export function erasedPair({ id, people, name }: PairRow, person: string): PairRow {
  const persons = JSON.parse(people) as readonly string[]
  const nicks = name.split(' ')
  const left = persons
    .map((each, index) =>
      each === person
        ? { person: `x:${id}`, nick: nicks.length === persons.length ? ERASED_NICK : '' }
        : { person: each, nick: nicks[index] ?? '' },
    )
    .toSorted((a, b) => (a.person < b.person ? -1 : 1))
  const called = left.map(({ nick }) => nick).join(' ')
  return { id, people: JSON.stringify(left.map((each) => each.person)), name: called.trim() }
}
