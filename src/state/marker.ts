import { foldCase } from '../protocol/casemap.ts'
import { serverTime } from '../protocol/server-time.ts'
import { accountNamed } from './account-book.ts'
import { accountOfPerson, accountPerson } from './conversation.ts'
import type { MarkerMoved } from './message-event.ts'
import type { Network } from './network.ts'

/** Up to when somebody has read, by where: `markerKey` → milliseconds since 1970. The last that was moved stands last. */
export type Markers = Map<string, number>

type MarkerBook = Pick<Network, 'markers'>

/**
 * What a room or a nick is called among markers. A room that ends and begins again is the same to those
 * who read it. Somebody with an account keeps theirs under any nick.
 */
export function markerKey(network: Network, target: string): string {
  const name = foldCase(target.normalize('NFC'))
  if (name.startsWith('#')) return name
  const person = network.users.get(name)?.person
  if (person !== undefined && accountOfPerson(person) !== undefined) return person
  const account = person === undefined ? accountNamed(network, name) : undefined
  return account === undefined ? `n:${name}` : accountPerson(account.key)
}

export function markerOf({ markers }: MarkerBook, person: string, key: string): number | undefined {
  return markers.get(person)?.get(key)
}

/** The marker that one more would push out: the one that wasn't moved for the longest time. */
export function markerInTheWay(
  { markers }: MarkerBook,
  { person, key, most }: { readonly person: string; readonly key: string; readonly most: number },
): string | undefined {
  const theirs = markers.get(person)
  if (theirs === undefined || theirs.has(key) || theirs.size < most) return undefined
  return theirs.keys().next().value
}

export function moveMarker({ markers }: MarkerBook, event: MarkerMoved): void {
  const { user, key, timeMs, forgotten } = event
  const theirs = markers.get(user.person) ?? new Map<string, number>()
  markers.set(user.person, theirs)
  if (forgotten !== undefined) theirs.delete(forgotten)
  theirs.delete(key)
  theirs.set(key, timeMs)
}

/** What was read of a room has been read, whatever it is called. */
export function renameMarkers({ markers }: MarkerBook, oldName: string, name: string): void {
  const [from, to] = [foldCase(oldName), foldCase(name)]
  if (from === to) return
  for (const theirs of markers.values()) {
    const timeMs = theirs.get(from)
    if (timeMs === undefined) continue
    theirs.delete(from)
    theirs.set(to, timeMs)
  }
}

/** What MARKREAD says; `*`: nothing has been read yet. https://ircv3.net/specs/extensions/read-marker */
export function markerParams(target: string, timeMs: number | undefined): string[] {
  return [target, timeMs === undefined ? '*' : `timestamp=${serverTime(timeMs)}`]
}
