import type { Conversation } from '../../../client/model.ts'

/** Rooms by name, then people: whoever spoke last first. */
export function sortedConversations(
  conversations: Iterable<Conversation>,
): readonly Conversation[] {
  const all = [...conversations]
  return [...roomsIn(all), ...directsIn(all)]
}

export function roomsIn(all: readonly Conversation[]): readonly Conversation[] {
  const { compare } = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })
  return all
    .filter(({ kind }) => kind === 'room')
    .sort(
      (a, b) =>
        compare(a.name.replace(/^\W+/u, ''), b.name.replace(/^\W+/u, '')) ||
        compare(a.name, b.name),
    )
}

export function directsIn(all: readonly Conversation[]): readonly Conversation[] {
  return all
    .filter(({ kind }) => kind === 'direct')
    .sort((a, b) => (b.lastMessageMs ?? 0) - (a.lastMessageMs ?? 0))
}

/** Those whose names have what was typed, best first: that begin with it, then that have it. */
export function matching<One>(
  all: readonly One[],
  typed: string,
  nameOf: (one: One) => string,
): readonly One[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return all
  const scored = all.flatMap((one) => {
    const name = nameOf(one).toLowerCase()
    const at = name.indexOf(wanted)
    const bare = name.replace(/^[^\p{L}\p{N}]+/u, '')
    if (at < 0) return []
    return [{ one, score: bare.startsWith(wanted.replace(/^[^\p{L}\p{N}]+/u, '')) ? 0 : 1 }]
  })
  return scored.sort((a, b) => a.score - b.score).map(({ one }) => one)
}
