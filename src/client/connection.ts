/** The connection: opening, staying, noticing that it is gone, coming back. */
import { flushLines, send, setConnection, setConversation, type Core } from './core.ts'
import { newLink } from './link.ts'
import type { Trouble } from './model.ts'
import { keepQueue, setLife } from './sending.ts'

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000
/** A connection that lasted so long was a good one: the next attempt begins with the shortest wait. */
const STABLE_MS = 10_000
const OPEN_MS = 30_000
const REGISTER_MS = 60_000
const QUIET_MS = 45_000
const PONG_MS = 20_000

export function connect(core: Core): void {
  core.wish.isConnected = true
  if (core.link.stage !== 'closed') return
  core.timers.clear('retry')
  core.link = newLink()
  core.link.stage = 'opening'
  core.orders.push({ kind: 'open' })
  const { retryAtMs: _retry, question: _question, ...rest } = core.view.parts.connection
  core.view.set('connection', { ...rest, state: 'connecting', attempts: rest.attempts + 1 })
  deadline(core, OPEN_MS, { kind: 'silent', text: '' })
}

/** It takes too long: from here on this is counted. */
export function deadline(core: Core, ms: number, trouble: Trouble): void {
  core.timers.set('deadline', core.clock.monotonic() + ms, () => breakOff(core, trouble))
}

export function expectWelcome(core: Core): void {
  deadline(core, REGISTER_MS, { kind: 'silent', text: '' })
}

export function becomeOnline(core: Core): void {
  const {
    retryAtMs: _retry,
    trouble: _trouble,
    question: _question,
    ...rest
  } = core.view.parts.connection
  core.view.set('connection', { ...rest, state: 'online', onlineSinceMs: core.clock.now() })
  core.timers.clear('deadline')
  core.timers.set('stable', core.clock.monotonic() + STABLE_MS, () =>
    setConnection(core, { attempts: 0 }),
  )
  watch(core)
}

/** Asks for a sign of life when nothing has been heard for a while. */
function watch(core: Core): void {
  core.timers.set('quiet', core.clock.monotonic() + QUIET_MS, () => {
    const nowMs = core.clock.monotonic()
    if (nowMs - core.link.heardAtMs >= QUIET_MS && core.link.pingedAtMs === undefined) {
      core.link.pingedAtMs = nowMs
      send(core, { command: 'PING', params: ['alive'] })
      const silent: Trouble = { kind: 'silent', text: '' }
      core.timers.set('deadline', nowMs + PONG_MS, () => breakOff(core, silent))
    }
    watch(core)
  })
}

/** Something was heard: it is there. */
export function heard(core: Core): void {
  const nowMs = core.clock.monotonic()
  core.link.heardAtMs = nowMs
  if (core.link.pingedAtMs === undefined) return
  setConnection(core, { lagMs: nowMs - core.link.pingedAtMs })
  core.link.pingedAtMs = undefined
  core.timers.clear('deadline')
}

/** Gives this connection up, and tries another one. */
export function breakOff(core: Core, trouble: Trouble): void {
  flushLines(core)
  core.orders.push({ kind: 'close' })
  lost(core, trouble)
}

/** The connection is gone. */
export function lost(core: Core, trouble: Trouble): void {
  const { stage } = core.link
  if (stage === 'closed') return
  const wasOnline = stage === 'ready'
  core.link.stage = 'closed'
  core.lines.length = 0
  for (const name of ['deadline', 'quiet', 'stable']) core.timers.clear(name)
  if (wasOnline) core.wish.lastOnline = { atMs: core.clock.now(), nick: core.view.parts.self.nick }
  core.asks.abandon()
  core.catching.clear()
  settleUnanswered(core)
  standApart(core)
  const { onlineSinceMs: _since, lagMs: _lag, ...rest } = core.view.parts.connection
  if (rest.state === 'asking') return core.view.set('connection', rest)
  if (!core.wish.isConnected)
    return core.view.set('connection', { ...rest, state: 'offline', attempts: 0 })
  const waitMs = waitFor(rest.attempts, core.random())
  const retryAtMs = core.clock.now() + waitMs
  core.view.set('connection', { ...rest, state: 'waiting', trouble, retryAtMs })
  core.timers.set('retry', core.clock.monotonic() + waitMs, () => connect(core))
}

/** Longer with each attempt, and never the same for all: a server that comes back isn't run over. */
function waitFor(attempts: number, random: number): number {
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 10))
  return Math.round(waitMs / 2 + (waitMs / 2) * random)
}

/** What was named can be said again; of what wasn't, nobody knows whether it arrived. `asks.abandon` comes first. */
function settleUnanswered(core: Core): void {
  for (const entry of core.queue.entries) {
    if (!core.queue.isOpen(entry.item)) continue
    core.queue.answered(entry.item)
    setLife(core, entry, { state: entry.sent === 'named' ? 'queued' : 'unknown' })
  }
  if (core.queue.entries.length > 0) keepQueue(core)
}

function standApart(core: Core): void {
  for (const { id, kind, standing } of core.view.conversations.values()) {
    core.view.typing.delete(id)
    if (kind === 'room' && (standing === 'joined' || standing === 'joining')) {
      setConversation(core, id, { standing: 'apart' })
    }
  }
  // Nobody can know who is here now.
  for (const person of core.view.people.values()) {
    if (person.presence !== 'unknown')
      core.view.people.set(person.key, { ...person, presence: 'unknown' })
  }
}

export function disconnect(core: Core, reason: string | undefined): void {
  core.wish.isConnected = false
  core.timers.clear('retry')
  const {
    retryAtMs: _retry,
    question: _question,
    trouble: _trouble,
    ...rest
  } = core.view.parts.connection
  core.view.set('connection', { ...rest, state: 'offline' })
  if (core.link.stage === 'closed') return
  send(core, { command: 'QUIT', params: reason === undefined ? [] : [reason] })
  breakOff(core, { kind: 'broken', text: '' })
}
