import type { Followed } from './store.ts'

/** A position is of one log: `<identity>:<id>`. */
export function positionOf(identity: string, id: number): string {
  return `${identity}:${id}`
}

/** The id that changes follow. Undefined when they aren't known any more, or never were. */
export function idAt(
  position: string,
  identity: string,
  known: { readonly first: number; readonly last: number },
): number | undefined {
  if (position === '') return 0
  const [whose, at] = position.split(':')
  const id = Number(at)
  if (whose !== identity || !Number.isSafeInteger(id)) return undefined
  return id <= known.last && id >= known.first ? id : undefined
}

export const FORGOTTEN: Followed = { forgotten: true, position: '', changes: [] }
