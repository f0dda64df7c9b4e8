import type { Conversation } from '../../../client/model.ts'

/** What somebody wrote of who may come in; what is empty is not asked for. */
export interface RoomEntry {
  readonly key: string
  /** So many people at most. */
  readonly limit: string
}

export function entryOf({ key, limit }: Pick<Conversation, 'key' | 'limit'>): RoomEntry {
  return { key: key ?? '', limit: limit === undefined ? '' : String(limit) }
}

/**
 * The modes that make it so, and what they take; empty where nothing is to be changed.
 * https://modern.ircdocs.horse/#key-channel-mode, https://modern.ircdocs.horse/#client-limit-channel-mode
 */
export function entryModes(before: RoomEntry, wanted: RoomEntry): readonly string[] {
  const changes: readonly Change[] = [
    ...change('k', before.key, wanted.key.trim()),
    ...change('l', before.limit, wanted.limit.trim()),
  ]
  if (changes.length === 0) return []
  return [changes.map(({ letters }) => letters).join(''), ...changes.flatMap(({ args }) => args)]
}

interface Change {
  readonly letters: string
  readonly args: readonly string[]
}

function change(letter: 'k' | 'l', before: string, wanted: string): readonly Change[] {
  if (wanted === before) return []
  if (wanted !== '') return [{ letters: `+${letter}`, args: [wanted] }]
  return [{ letters: `-${letter}`, args: letter === 'k' ? [before] : [] }]
}
