import { foldCase } from '../protocol/casemap.ts'
import { accountOfPerson, accountPerson, isGuest } from './conversation.ts'
import type { ChannelRenamed, Event } from './event.ts'
import type { MarkerMoved } from './message-event.ts'
import type { Network } from './network.ts'
import type { ForgetRecord, KeepRecord, LogRecord } from './record.ts'

/** What is kept of read markers, now that the event has been applied: those of accounts. */
export function markerKeeps(network: Network, event: Event): readonly LogRecord[] {
  switch (event.kind) {
    case 'markerMoved':
      return movedKeeps(event)
    case 'channelRenamed':
      return renamedKeeps(network, event)
    case 'accountDropped': {
      const person = accountPerson(event.account.key)
      const keys = [...(network.markers.get(person)?.keys() ?? [])]
      return keys.map((key) => forget(person, key))
    }
    default:
      return []
  }
}

function movedKeeps({ user: { person }, key, timeMs, forgotten }: MarkerMoved): LogRecord[] {
  if (isGuest(person)) return []
  const gone = forgotten === undefined ? [] : [forget(person, forgotten)]
  return [...gone, keep(person, key, timeMs)]
}

function renamedKeeps({ markers }: Network, { oldName, name }: ChannelRenamed): LogRecord[] {
  const [from, to] = [foldCase(oldName), foldCase(name)]
  if (from === to) return []
  return [...markers].flatMap(([person, theirs]) => {
    const timeMs = theirs.get(to)
    if (timeMs === undefined || isGuest(person)) return []
    return [forget(person, from), keep(person, to, timeMs)]
  })
}

function keep(person: string, key: string, timeMs: number): KeepRecord {
  return { kind: 'keep', table: 'marker', key: `${person} ${key}`, value: JSON.stringify(timeMs) }
}

function forget(person: string, key: string): ForgetRecord {
  return { kind: 'forget', table: 'marker', key: `${person} ${key}` }
}

/** Puts a marker back that was kept; says whether it could be understood. */
export function restoreMarker({ markers }: Network, keptKey: string, value: string): boolean {
  const space = keptKey.indexOf(' ')
  const person = keptKey.slice(0, Math.max(space, 0))
  const key = keptKey.slice(space + 1)
  const timeMs = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN
  if (accountOfPerson(person) === undefined || key === '' || Number.isNaN(timeMs)) return false
  const theirs = markers.get(person) ?? new Map<string, number>()
  markers.set(person, theirs)
  theirs.set(key, timeMs)
  return true
}
