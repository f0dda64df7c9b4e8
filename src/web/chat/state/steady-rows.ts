import type { Row } from './rows.ts'

/**
 * What to show before `wanted`, so that the row with the key `pivot` stays where it is on the screen: all that is
 * new above it, with what was shown from it on. Lists can hold still for a change at their beginning, and for any
 * below what is seen, but not for both at once. Undefined: nothing changes above it, or it is in but one of them.
 */
export function stepTowards(
  shown: readonly Row[],
  wanted: readonly Row[],
  pivot: string | undefined,
): readonly Row[] | undefined {
  if (pivot === undefined) return undefined
  const before = shown.findIndex(({ key }) => key === pivot)
  const after = wanted.findIndex(({ key }) => key === pivot)
  if (before < 0 || after < 0 || before === after) return undefined
  return [...wanted.slice(0, after), ...shown.slice(before)]
}

/**
 * The row that is to stay, of those in view: the second message that was in view before, since what is new there
 * may not be measured yet, and the first may get another head. None was: the second of all.
 */
export function pivotOf(inView: readonly Row[], before: ReadonlySet<string>): string | undefined {
  const messages = inView.filter(({ kind }) => kind === 'message')
  const known = messages.filter(({ key }) => before.has(key))
  const [first, second = first] = known.length > 0 ? known : messages
  return second?.key
}
