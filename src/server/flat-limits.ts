import type { Limits } from '../protocol/limits.ts'

/** By dotted names: `edge.lineBurst`. What is lifted (infinite) is left out, since JSON has no word for it. */
export function flatLimits(limits: Limits): Record<string, number> {
  const flat: Record<string, number> = {}
  for (const [group, values] of Object.entries(limits)) {
    for (const [name, value] of Object.entries(values as Record<string, unknown>)) {
      if (typeof value === 'number' && Number.isFinite(value)) flat[`${group}.${name}`] = value
    }
  }
  return flat
}
