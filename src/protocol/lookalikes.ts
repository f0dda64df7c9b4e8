import { foldCase } from './casemap.ts'
import { collides, skeletonKey } from './skeleton.ts'

/**
 * The names in use, by how they look: skeleton to names in folded case. As long as only names without a
 * look-alike enter, a set holds either one name that is not ASCII or any number that are; that keeps
 * every question here at one look, however many names there are.
 */
export type Lookalikes = Map<string, Set<string>>

/**
 * The name in use that `proposed` collides with, in folded case. `mine` is a name that its asker is about
 * to give up, and may always resemble.
 */
export function lookalikeOf(
  names: Lookalikes,
  proposed: string,
  mine?: string,
): string | undefined {
  const key = foldCase(proposed)
  const own = mine === undefined ? undefined : foldCase(mine)
  const similar = names.get(skeletonKey(proposed))
  if (similar === undefined) return undefined
  if (similar.has(key) && key !== own) return key
  for (const name of similar) {
    if (name === own) continue
    // All others are like this one: either it is alone, or all are ASCII.
    return collides(name, proposed) ? name : undefined
  }
  return undefined
}

export function addName(names: Lookalikes, name: string): void {
  const look = skeletonKey(name)
  const similar = names.get(look)
  if (similar === undefined) names.set(look, new Set([foldCase(name)]))
  else similar.add(foldCase(name))
}

export function removeName(names: Lookalikes, name: string): void {
  const look = skeletonKey(name)
  const similar = names.get(look)
  similar?.delete(foldCase(name))
  if (similar?.size === 0) names.delete(look)
}
