/**
 * Makes identifiers that are unique over restarts: `prefix` must be random, and new at each start.
 * They are short, and hold only letters, digits and `-`.
 */
export function createIds(prefix: string): () => string {
  let count = 0
  return () => `${prefix}-${(count++).toString(36)}`
}
