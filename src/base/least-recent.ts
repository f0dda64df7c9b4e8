/** What makes room in maps and sets whose least recent entry comes first. */

interface Entries<Key> {
  readonly size: number
  keys(): Iterable<Key>
  delete(key: Key): boolean
}

/** With more than `most` entries the first goes; its key is returned. */
export function dropFirst<Key>(entries: Entries<Key>, most: number): Key | undefined {
  const [first] = entries.keys()
  if (entries.size <= most || first === undefined) return undefined
  entries.delete(first)
  return first
}

/** What is old goes, and what is more than `most`. */
export function dropOld<Key, Value>(
  entries: Map<Key, Value>,
  most: number,
  isOld: (value: Value) => boolean,
): void {
  for (const [key, value] of entries) {
    if (entries.size <= most && !isOld(value)) return
    entries.delete(key)
  }
}
