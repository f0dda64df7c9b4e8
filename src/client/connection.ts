/** The connection: opening, staying, noticing that it is gone, coming back. */
import { flushLines, newId, send, setConnection, setConversation, type Core } from './core.ts'
import { newLink } from './link.ts'
import type { Trouble } from './model.ts'
import { keepQueue, setLife } from './sending.ts'

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000
/** A connection that lasted so long was a good one: the next attempt begins with the shortest wait. */
const STABLE_MS = 10_000
const OPEN_MS = 30_000
const REGISTER_MS = 60_000
/** Nothing was heard for so long: the server is asked for a sign of life. */
const QUIET_MS = 30_000
/** A question has no answer for so long: it is said that one is overdue, and then that the server is gone. */
const OVERDUE_MS = 5000
const ANSWER_MS = 20_000
/** The same for one that has slept: what it knew of the connection is old. */
const WAKE_ANSWER_MS = 8000
/** What is heard so soon after a sleep may have waited to be read, and says nothing of the connection. */
const STALE_MS = 3000
const WATCH_MS = 5000
const CLOSE_WATCH_MS = 1000
/** The clocks say that so much more has passed than was wanted: this program didn't run meanwhile. */
const SLEEP_MS = 5000
/** An attempt younger than this isn't given up for another. */
const FRESH_MS = 2000
/** A name of ours that a dead connection has may be free at any moment. */
const GHOST_WAIT_MS = 8000

export function connect(core: Core): void {
  core.wish.isConnected = true
  if (core.link.stage !== 'closed') return
  core.timers.clear('retry')
  core.link = newLink()
  core.link.stage = 'opening'
  core.link.heardAtMs = core.clock.monotonic()
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

/** Asks for a sign of life when nothing has been heard for a while, and gives up what doesn't answer. */
function watch(core: Core): void {
  const { link } = core
  const nowMs = core.clock.monotonic()
  if (link.askedAtMs === undefined && nowMs - link.heardAtMs >= QUIET_MS)
    askForLife(core, ANSWER_MS)
  if (link.askedAtMs === undefined) return watchAgain(core, WATCH_MS)
  const waitedMs = nowMs - link.askedAtMs
  if (waitedMs >= (link.answerMs ?? ANSWER_MS)) return breakOff(core, { kind: 'silent', text: '' })
  const { overdueSinceMs } = core.view.parts.connection
  if (waitedMs >= OVERDUE_MS && overdueSinceMs === undefined) {
    setConnection(core, { overdueSinceMs: core.clock.now() - waitedMs })
  }
  return watchAgain(core, CLOSE_WATCH_MS)
}

function watchAgain(core: Core, ms: number): void {
  core.timers.set('watch', core.clock.monotonic() + ms, () => watch(core))
}

function askForLife(core: Core, answerMs: number, token = 'alive'): void {
  const { link } = core
  const nowMs = core.clock.monotonic()
  const waitedMs = nowMs - (link.askedAtMs ?? nowMs)
  link.askedAtMs ??= nowMs
  link.pingedAtMs ??= nowMs
  link.answerMs = Math.min(link.answerMs ?? ANSWER_MS, waitedMs + answerMs)
  send(core, { command: 'PING', params: [token] })
  watchAgain(core, CLOSE_WATCH_MS)
}

/** Something was heard: it is there. */
export function heard(core: Core): void {
  const { link } = core
  link.heardAtMs = core.clock.monotonic()
  const { woken } = link
  if (woken !== undefined && link.heardAtMs - woken.atMs < STALE_MS) return
  link.woken = undefined
  link.askedAtMs = undefined
  link.answerMs = undefined
  const { overdueSinceMs, ...rest } = core.view.parts.connection
  if (overdueSinceMs !== undefined) core.view.set('connection', rest)
  if (link.pingedAtMs === undefined) return
  setConnection(core, { lagMs: link.heardAtMs - link.pingedAtMs })
  link.pingedAtMs = undefined
}

/** What was asked after a sleep is answered: the connection has outlived it. */
export function heardAwake(core: Core, token: string): void {
  if (core.link.woken?.token !== token) return
  core.link.woken = undefined
  heard(core)
}

/**
 * Whether the device slept, or this program didn't run, since the last turn. Clocks that stop in a sleep show it by
 * the wall clock, those that don't by how late the turn comes.
 */
export function noticeSleep(core: Core): void {
  const { awake, clock } = core
  const [nowMs, wallMs] = [clock.monotonic(), clock.now()]
  const stoodMs = wallMs - awake.wallMs - (nowMs - awake.monotonicMs)
  const lateMs = nowMs - awake.dueAtMs
  Object.assign(awake, { monotonicMs: nowMs, wallMs })
  if (Math.max(stoodMs, lateMs) < SLEEP_MS) return
  // An answer may have come meanwhile and wait to be read.
  core.link.askedAtMs = undefined
  core.link.woken = undefined
  wake(core)
}

/** What was known of the connection may not be so any more: finds out soon. */
export function wake(core: Core): void {
  const { stage, heardAtMs } = core.link
  if (stage === 'ready') {
    core.link.woken ??= { atMs: core.clock.monotonic(), token: newId(core, 'awake-') }
    return askForLife(core, WAKE_ANSWER_MS, core.link.woken.token)
  }
  if (!core.wish.isConnected || core.view.parts.connection.state === 'asking') return
  if (stage === 'closed') return connect(core)
  if (core.clock.monotonic() - heardAtMs < FRESH_MS) return
  breakOff(core, { kind: 'silent', text: '' })
  connect(core)
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
  for (const name of ['deadline', 'watch', 'stable']) core.timers.clear(name)
  if (wasOnline) core.wish.lastOnline = { atMs: core.clock.now(), nick: core.view.parts.self.nick }
  core.asks.abandon()
  core.catching.clear()
  settleUnanswered(core)
  standApart(core)
  const {
    onlineSinceMs: _since,
    lagMs: _lag,
    overdueSinceMs: _overdue,
    ...rest
  } = core.view.parts.connection
  if (rest.state === 'asking') return core.view.set('connection', rest)
  if (!core.wish.isConnected)
    return core.view.set('connection', { ...rest, state: 'offline', attempts: 0 })
  const mostMs = trouble.code === '433' ? GHOST_WAIT_MS : LONGEST_WAIT_MS
  const waitMs = Math.min(mostMs, waitFor(rest.attempts, core.random()))
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
