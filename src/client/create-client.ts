/** An IRC client as a machine: lines and wishes go in, orders and changes come out. */
import { Asks } from './asks.ts'
import { updateAbilities } from './abilities.ts'
import { breakOff, connect, disconnect, lost, noticeSleep, wake } from './connection.ts'
import { addNotice, flushLines, report, type Core, type Wish } from './core.ts'
import { ensureConversation } from './conversations.ts'
import { sayRaw, takeIdentity } from './identity.ts'
import type { ConnectionIntent, Intent, IntentBody } from './intent.ts'
import { newLink } from './link.ts'
import { takeLookup, takeMessageIntent, takeReading } from './message-intents.ts'
import { emptyModel } from './empty-model.ts'
import { beginRegistration } from './negotiate.ts'
import { Queue } from './queue.ts'
import { ReactionBook } from './reaction-book.ts'
import { receiveLine } from './receive.ts'
import { restore } from './restore.ts'
import { takeModeration, takeRoomIntent } from './room-intents.ts'
import { takeProved } from './sasl.ts'
import { flushQueue } from './sending.ts'
import { parseEntered } from './slash.ts'
import { Timers } from './timers.ts'
import type { Client, ClientParts, ClientSettings, Turn } from './turn.ts'
import { View } from './view.ts'

export function createClient(parts: ClientParts): Client {
  const core = createCore(parts)
  const turn = (run: () => void): Turn => {
    noticeSleep(core)
    run()
    return endTurn(core)
  }
  return {
    restored: (entries) => turn(() => restore(core, entries)),
    intent: (intent) => turn(() => takeIntent(core, intent)),
    opened: ({ isSecure }) =>
      turn(() => {
        if (core.link.stage === 'opening') beginRegistration(core, isSecure)
      }),
    received: (lines) =>
      turn(() => {
        for (const line of lines) receiveGuarded(core, line)
      }),
    closed: (why) => turn(() => lost(core, { kind: 'broken', text: why })),
    tick: () => turn(() => {}),
    proved: (id, proof) => turn(() => takeProved(core, id, proof)),
    snapshot: () => ({ kind: 'snapshot', model: core.view.snapshot() }),
  }
}

/** A line that this client has a bug for costs that line, and is shown; not the connection. */
function receiveGuarded(core: Core, line: string): void {
  try {
    receiveLine(core, line)
  } catch (error) {
    const text = `${String(error)}: ${line}`
    addNotice(core, { kind: 'warning', from: '', text, code: 'internalError' })
  }
}

function createCore({ settings, clock, random }: ClientParts): Core {
  const core: Core = {
    settings,
    clock,
    random,
    view: new View({ ...emptyModel(settings), whois: undefined }),
    timers: new Timers(),
    asks: new Asks(),
    orders: [],
    lines: [],
    queue: new Queue(),
    reactions: new ReactionBook(),
    redactions: new Map(),
    wish: wishOf(settings),
    names: new Map(),
    catching: new Set(),
    awake: {
      monotonicMs: clock.monotonic(),
      wallMs: clock.now(),
      dueAtMs: Number.POSITIVE_INFINITY,
    },
    link: newLink(),
    count: 0,
  }
  updateAbilities(core)
  for (const name of settings.rooms ?? []) {
    const conversation = ensureConversation(core, name)
    if (conversation?.kind !== 'room') continue
    core.wish.rooms.set(conversation.id, { name })
    core.view.conversations.set(conversation.id, { ...conversation, standing: 'apart' })
  }
  return core
}

function wishOf(settings: ClientSettings): Wish {
  const { nick, realName = nick, login, highlights = [], metadata = {} } = settings
  return {
    isConnected: false,
    nick,
    realName,
    away: undefined,
    login,
    isGuest: false,
    highlights,
    metadata: { ...metadata },
    looksAt: undefined,
    rooms: new Map(),
    lastOnline: undefined,
  }
}

function endTurn(core: Core): Turn {
  const nowMs = core.clock.monotonic()
  core.timers.run(nowMs)
  core.asks.expire(nowMs)
  flushQueue(core)
  flushLines(core)
  const orders = core.orders.splice(0)
  const next = [core.timers.next(), core.asks.next()].filter((atMs) => atMs !== undefined)
  const changes = core.view.take()
  core.awake.dueAtMs = Math.min(...next)
  return { orders, changes, ...(next.length === 0 ? {} : { wakeAtMs: core.awake.dueAtMs }) }
}

function takeIntent(core: Core, intent: Intent): void {
  const { ref } = intent
  if (intent.kind === 'enter') return enter(core, intent, ref)
  dispatch(core, intent, ref)
}

/** A command is the intent that it stands for. */
function enter(
  core: Core,
  intent: Extract<Intent, { kind: 'enter' }>,
  ref: string | undefined,
): void {
  const { conversation, text } = intent
  const entered = parseEntered(text, {
    conversation,
    roomPrefixes: core.view.parts.server.roomPrefixes,
  })
  if (entered.kind === 'fault') {
    const { code, context } = entered
    return report(core, ref, { kind: 'refused', code, context })
  }
  dispatch(core, { kind: 'draft', conversation, text: '' }, undefined)
  for (const [i, one] of entered.intents.entries()) {
    dispatch(core, one, i === entered.intents.length - 1 ? ref : undefined)
  }
}

type Direct = Exclude<IntentBody, { kind: 'enter' }>

// oxlint-disable-next-line complexity -- a table of intents: each line is one
function dispatch(core: Core, intent: Direct, ref: string | undefined): void {
  switch (intent.kind) {
    case 'connect':
    case 'retryNow':
    case 'wake':
    case 'disconnect':
      takeConnection(core, intent)
      return report(core, ref, { kind: 'done' })
    case 'raw':
      return sayRaw(core, intent, ref)
    case 'chooseNick':
    case 'login':
    case 'guest':
    case 'register':
    case 'makeAppPassword':
    case 'dropAppPassword':
    case 'verify':
    case 'away':
    case 'setRealName':
    case 'setMetadata':
    case 'setHighlights':
      return takeIdentity(core, intent, ref)
    case 'join':
    case 'part':
    case 'open':
    case 'close':
    case 'invite':
    case 'knock':
    case 'renameRoom':
    case 'setNotify':
      return takeRoomIntent(core, intent, ref)
    case 'say':
    case 'sayTo':
    case 'resend':
    case 'discard':
    case 'react':
    case 'unreact':
    case 'redact':
    case 'edit':
    case 'draft':
      return takeMessageIntent(core, intent, ref)
    case 'look':
    case 'read':
    case 'fill':
    case 'jump':
    case 'search':
    case 'clearSearch':
    case 'dismissNotice':
      return takeReading(core, intent, ref)
    case 'whois':
    case 'listRooms':
    case 'askService':
      return takeLookup(core, intent, ref)
    default:
      return takeModeration(core, intent, ref)
  }
}

function takeConnection(
  core: Core,
  intent: Exclude<ConnectionIntent, { readonly kind: 'raw' }>,
): void {
  switch (intent.kind) {
    case 'connect':
      return connect(core)
    case 'retryNow':
      if (core.link.stage === 'ready') breakOff(core, { kind: 'broken', text: '' })
      return connect(core)
    case 'wake':
      return wake(core)
    case 'disconnect':
      return disconnect(core, intent.reason)
    default:
      return intent satisfies never
  }
}
