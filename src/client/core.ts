/** What all parts of the client work on, and the few things that all of them do. */
import { formatMessage } from '../protocol/message.ts'
import { formatTags } from '../protocol/tags.ts'
import type { Answer, AnswerWish, Asks } from './asks.ts'
import { fold } from './fold.ts'
import type { Link } from './link.ts'
import type { Connection, Conversation, Notice, Self, ServerFacts } from './model.ts'
import { MOST } from './most.ts'
import type { Queue } from './queue.ts'
import type { ReactionBook } from './reaction-book.ts'
import type { Timers } from './timers.ts'
import type { ClientParts, ClientSettings, Order } from './turn.ts'
import type { Login, Outcome } from './intent.ts'
import type { View } from './view.ts'

export interface Core {
  readonly settings: ClientSettings
  readonly clock: ClientParts['clock']
  readonly random: () => number
  readonly view: View
  readonly timers: Timers
  readonly asks: Asks
  readonly orders: Order[]
  /** Lines of this turn that aren't in an order yet. */
  readonly lines: string[]
  readonly queue: Queue
  readonly reactions: ReactionBook
  /** Msgids that were redacted before their message was here. */
  readonly redactions: Map<string, { readonly by: string; readonly reason?: string }>
  readonly wish: Wish
  /** Ids of conversations by the folded names that they have now. */
  readonly names: Map<string, string>
  /** Conversations whose break isn't caught up with: nothing is said there before. */
  readonly catching: Set<string>
  /** When the last turn was by both clocks, and when the next one was wanted by the monotonic one. */
  readonly awake: { monotonicMs: number; wallMs: number; dueAtMs: number }
  link: Link
  /** Makes keys of items, notices and answers: unique in the life of the client. */
  count: number
}

/** What the user wants, whatever the connection is like. */
export interface Wish {
  isConnected: boolean
  nick: string
  realName: string
  away: string | undefined
  login: Login | undefined
  /** Goes on without an account although there is a `login`. */
  isGuest: boolean
  highlights: readonly string[]
  metadata: Record<string, string>
  /** On the screen: which conversation, and the item in view unless it is the end. */
  looksAt: { readonly conversation: string; readonly at?: string } | undefined
  /** Rooms to be in, by folded name. */
  readonly rooms: Map<string, { readonly name: string; readonly key?: string }>
  /** When it was last online, wall clock, and as whom. */
  lastOnline: { readonly atMs: number; readonly nick: string } | undefined
}

export interface Question extends AnswerWish {
  /** The first of them gets the label. */
  readonly lines: readonly LineParts[]
}

export interface LineParts {
  readonly command: string
  readonly params?: readonly string[]
  readonly tags?: readonly (readonly [string, string])[]
}

const ASK_MS = 30_000

// oxlint-disable-next-line no-control-regex -- what would end a line early
const BREAKS = /[\0\r\n]+/g

export function newId(core: Core, prefix: string): string {
  return `${prefix}${(++core.count).toString(36)}`
}

export function hasCap(core: Core, name: string): boolean {
  return core.link.caps.has(name)
}

export function foldName(core: Core, name: string): string {
  return fold(name, core.link.mapping)
}

export function isSelf(core: Core, nick: string): boolean {
  return foldName(core, nick) === core.view.parts.self.key
}

export function isRoom(core: Core, name: string): boolean {
  const sign = name.charAt(0)
  return sign !== '' && core.view.parts.server.roomPrefixes.includes(sign)
}

/** Writes a line, if there is a connection. No parameter can become two, or end the line. */
export function send(core: Core, { command, params = [], tags = [] }: LineParts): void {
  if (core.link.stage === 'closed' || core.link.stage === 'opening') return
  const clean = params.map((param) => param.replaceAll(BREAKS, ' '))
  const shown = hasCap(core, 'message-tags') ? tags : tags.filter(([key]) => key === 'label')
  const head = shown.length === 0 ? '' : `@${formatTags(shown)} `
  core.lines.push(head + formatMessage(undefined, command, clean))
}

/** Asks, and hears what became of it: at once, when there is nobody to ask. The label, if the question was written. */
export function ask(
  core: Core,
  { lines, ...wish }: Question,
  then: (answer: Answer) => void,
): string | undefined {
  const { stage } = core.link
  if (stage === 'closed' || stage === 'opening') {
    then({ kind: 'unknown', why: 'notAsked' })
    return undefined
  }
  const nowMs = core.clock.monotonic()
  const begun = core.asks.begin(nowMs + ASK_MS, wish, then)
  if (begun === undefined) {
    then({ kind: 'unknown', why: 'timedOut' })
    return undefined
  }
  core.link.askedAtMs ??= nowMs
  const { label } = begun
  const isLabelled = hasCap(core, 'labeled-response')
  for (const [i, line] of lines.entries()) {
    const tags = line.tags ?? []
    send(core, isLabelled && i === 0 ? { ...line, tags: [...tags, ['label', label]] } : line)
  }
  if (!isLabelled) send(core, { command: 'PING', params: [`${FENCE}${label}`] })
  return label
}

/** A PING with it ends a question of a server that doesn't label. */
export const FENCE = 'ask-'

export function report(core: Core, ref: string | undefined, outcome: Outcome): void {
  if (ref !== undefined) core.view.outcome({ kind: 'outcome', ref, outcome })
}

/** Nothing was written: it's certain that nothing was done. */
const NOT_ASKED: Outcome = { kind: 'refused', code: 'notConnected', context: [] }

/** The outcome of an intent that one question carries out. */
export function outcomeOf(answer: Answer): Outcome {
  if (answer.kind === 'unknown') return answer.why === 'notAsked' ? NOT_ASKED : { kind: 'unknown' }
  if (answer.refusal !== undefined) return { kind: 'refused', ...answer.refusal }
  return { kind: 'done' }
}

/** Asks for an intent. A refusal that nobody waits for is shown as a notice. */
export function askFor(core: Core, ref: string | undefined, line: LineParts): void {
  ask(core, { lines: [line] }, (answer) => {
    report(core, ref, outcomeOf(answer))
    if (answer.kind !== 'answered' || answer.refusal === undefined || ref !== undefined) return
    const { code, text = '', context } = answer.refusal
    addNotice(core, { kind: 'refusal', from: core.view.parts.server.name, text, code, context })
  })
}

export function setConnection(core: Core, part: Partial<Connection>): void {
  core.view.set('connection', { ...core.view.parts.connection, ...part })
}

export function setSelf(core: Core, part: Partial<Self>): void {
  core.view.set('self', { ...core.view.parts.self, ...part })
}

export function setServer(core: Core, part: Partial<ServerFacts>): void {
  core.view.set('server', { ...core.view.parts.server, ...part })
}

export function setConversation(core: Core, id: string, part: Partial<Conversation>): void {
  const conversation = core.view.conversations.get(id)
  if (conversation === undefined) return
  core.view.conversations.set(id, { ...conversation, ...part })
}

/** A room, or the other one, is called otherwise from now on; its id stays. */
export function renameConversation(core: Core, id: string, name: string): void {
  const conversation = core.view.conversations.get(id)
  if (conversation === undefined) return
  const before = foldName(core, conversation.name)
  if (core.names.get(before) === id) core.names.delete(before)
  core.names.set(foldName(core, name), id)
  core.view.conversations.set(id, { ...conversation, name })
}

/** The server folds names otherwise than was thought. */
export function foldAnew(core: Core): void {
  core.names.clear()
  for (const { id, name } of core.view.conversations.values()) {
    core.names.set(foldName(core, name), id)
  }
}

export function addNotice(
  core: Core,
  notice: Omit<Notice, 'id' | 'timeMs' | 'context'> & { readonly context?: readonly string[] },
): void {
  const full: Notice = {
    context: [],
    ...notice,
    text: notice.text.slice(0, MOST.textCharacters),
    id: newId(core, 'n'),
    timeMs: core.clock.now(),
  }
  core.view.set('notices', [...core.view.parts.notices, full].slice(-MOST.notices))
}

export function store(core: Core, key: string, value: string | undefined): void {
  core.orders.push(value === undefined ? { kind: 'store', key } : { kind: 'store', key, value })
}

/** What is written from now on comes after what was. */
export function flushLines(core: Core): void {
  if (core.lines.length > 0) core.orders.push({ kind: 'send', lines: core.lines.splice(0) })
}
