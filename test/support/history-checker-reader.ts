import { setTimeout as sleep } from 'node:timers/promises'
import type { Message } from '../../src/protocol/message.ts'
import type { Store } from '../../src/history/store.ts'
import type { HistoryPoint } from '../../src/state/history-query.ts'
import type { StoredEvent } from '../../src/state/record.ts'
import type { Past, Shown } from './history-checker.ts'
import { joinRooms, shownOf, type Member } from './history-checker-member.ts'
import { PATIENCE_MS } from './patience.ts'

const PAGE = 1000

/** Pages through all that is kept of the rooms, from the oldest on and from the newest back. */
export async function readByChathistory(port: number, rooms: readonly string[]): Promise<Past[]> {
  const nick = `reader${++readers}`
  const member = await joinRooms({ port, nick, rooms })
  const pasts: Past[] = []
  for (const room of rooms) {
    await untilKept(member, nick, room)
    const forward: Shown[] = []
    for (let point = 'timestamp=1970-01-01T00:00:00.000Z'; ;) {
      const page = await pageOf(member, `AFTER ${room} ${point}`)
      const last = page.at(-1)
      if (last === undefined) break
      forward.push(...shownAll(page))
      point = `msgid=${msgidOf(last)}`
    }
    const backward: Shown[][] = []
    for (let asking = `LATEST ${room} *`; ;) {
      const page = await pageOf(member, asking)
      const [first] = page
      if (first === undefined) break
      backward.push(shownAll(page))
      asking = `BEFORE ${room} msgid=${msgidOf(first)}`
    }
    pasts.push(
      { room, by: 'CHATHISTORY AFTER', lines: forward },
      { room, by: 'CHATHISTORY BEFORE', lines: backward.toReversed().flat() },
    )
  }
  member.leave()
  await member.gone
  return pasts
}

let readers = 0

/** Our coming is shown even where the log refused it, and is kept when the log tries again. */
async function untilKept(member: Member, nick: string, room: string): Promise<void> {
  const isOurs = ({ command, from }: Shown): boolean =>
    command === 'JOIN' && from.startsWith(`${nick}!`)
  const deadlineMs = performance.now() + PATIENCE_MS
  while (!shownAll(await pageOf(member, `LATEST ${room} *`)).some(isOurs)) {
    if (performance.now() > deadlineMs) throw new Error(`${nick} never came into ${room}`)
    await sleep(100)
  }
}

/** The rooms' messages and JOINs, as the store has them: a second opinion. */
export async function readByStore(store: Store, rooms: readonly string[]): Promise<Past[]> {
  const { buffers } = await store.load()
  const pasts: Past[] = []
  for (const room of rooms) {
    const lines: Shown[] = []
    for (const { id, name } of buffers) {
      if (name === room) lines.push(...(await linesOf(store, id)))
    }
    pasts.push({ room, by: 'the store', lines })
  }
  return pasts
}

async function linesOf(store: Store, buffer: number): Promise<Shown[]> {
  const lines: Shown[] = []
  const sight = { lines: 'all', ranks: 31, sinceMs: 0 } as const
  let point: HistoryPoint = { kind: 'time', timeMs: 0 }
  for (;;) {
    const page = await store.page({ buffer, span: { kind: 'after', point }, sight, limit: PAGE })
    const events: readonly StoredEvent[] = page.kind === 'page' ? page.events : []
    const last = events.at(-1)
    if (last === undefined) return lines
    lines.push(...events.flatMap(storedAsShown))
    point = { kind: 'msgid', msgid: last.msgid }
  }
}

function storedAsShown({ msgid, timeMs, source, command, body }: StoredEvent): Shown[] {
  if (command !== 'PRIVMSG' && command !== 'JOIN') return []
  const text = command === 'JOIN' ? '' : body
  return [{ msgid, time: new Date(timeMs).toISOString(), from: source, command, text }]
}

/** Everything in the batch that answers `CHATHISTORY <asking> <limit>`. */
async function pageOf(member: Member, asking: string): Promise<readonly Message[]> {
  const ended = ({ command, params }: Message): boolean =>
    command === 'FAIL' || (command === 'BATCH' && params[0]?.startsWith('-') === true)
  const answer = member.until(ended)
  member.send(`CHATHISTORY ${asking} ${PAGE}`)
  const lines = await answer
  const last = lines.at(-1)
  if (last?.command === 'FAIL') throw new Error(`${asking}: ${last.params.join(' ')}`)
  return lines.filter(({ tags }) => tags?.has('batch') === true)
}

function shownAll(page: readonly Message[]): Shown[] {
  return page.flatMap((message) => shownOf(message) ?? [])
}

function msgidOf({ tags, command, params }: Message): string {
  const msgid = tags?.get('msgid')
  if (msgid === undefined)
    throw new Error(`a line without its name: ${command} ${params.join(' ')}`)
  return msgid
}
