/** The views in the order of their keys, 1 to 7. */
export const VIEWS = [
  'overview',
  'connections',
  'rooms',
  'log',
  'bans',
  'threads',
  'access',
] as const

export type ViewName = (typeof VIEWS)[number]

export function viewOfHash(hash: string): ViewName {
  return VIEWS.find((name) => hash === `#/${name}`) ?? 'overview'
}
