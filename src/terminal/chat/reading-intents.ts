import type { IntentBody } from '../../client/intent.ts'
import type { Conversation } from '../../client/model.ts'
import { itemsOf, openConversation, viewOf } from './chat-state.ts'
import type { ChatState } from './chat-state.ts'
import type { Picture } from './chat-lines.ts'

/** What was asked for already: the same is not asked twice. */
export interface Reading {
  readonly look: string
  readonly read: string
  /** Gaps in view that were asked to be filled. */
  readonly gaps: ReadonlySet<string>
}

export const NOTHING_READ: Reading = { look: '', read: '', gaps: new Set() }

/** What follows from what is on the screen: what was read, and which gaps are to be filled. */
export function readingIntents(
  state: ChatState,
  picture: Picture,
  before: Reading,
): { readonly intents: readonly IntentBody[]; readonly reading: Reading } {
  const conversation = openConversation(state)
  if (conversation === undefined) return { intents: [], reading: before }
  const { id } = conversation
  const intents: IntentBody[] = []
  const { scroll } = viewOf(state)
  const look = `${id} ${scroll?.item ?? ''}`
  if (look !== before.look) {
    const at = scroll === undefined ? {} : { at: scroll.item }
    intents.push({ kind: 'look', conversation: id, ...at })
  }
  const read = readUpTo(state, conversation) ?? before.read
  if (read !== before.read) intents.push({ kind: 'read', conversation: id })
  const gaps = gapsInView(state, picture)
  for (const [key, gap] of gaps) {
    if (before.gaps.has(key)) continue
    intents.push({ kind: 'fill', conversation: id, gap, side: 'newer' })
  }
  return { intents, reading: { look, read, gaps: new Set(gaps.keys()) } }
}

function readUpTo(state: ChatState, { id, unread }: Conversation): string | undefined {
  if (!isReading(state) || unread === 0) return undefined
  return `${id} ${itemsOf(state).at(-1)?.id ?? ''}`
}

/** Seen is what stands at the end of a window that is looked at. */
function isReading(state: ChatState): boolean {
  return viewOf(state).scroll === undefined && state.isLookedAt && state.panel?.kind !== 'list'
}

/** How often the user was called in what nobody is reading at the moment. */
export function callsElsewhere(state: ChatState): number {
  const read = isReading(state) ? state.open : undefined
  let calls = 0
  for (const { id, mentions } of state.model.conversations.values())
    if (id !== read) calls += mentions
  return calls
}

/** By what they are between: a page of one may have come meanwhile, and more of it is still missing. */
function gapsInView(state: ChatState, { body }: Picture): ReadonlyMap<string, string> {
  const inView = new Set(body.rows.slice(body.from, body.to).map(({ item }) => item))
  const gaps = new Map<string, string>()
  if (state.model.connection.state !== 'online') return gaps
  for (const item of itemsOf(state)) {
    if (item.kind !== 'gap' || item.state !== 'open' || !inView.has(item.id)) continue
    const { older, newer } = item
    const ends = [older, newer].map((end) => end?.msgid ?? end?.timeMs ?? '')
    gaps.set([state.open, item.id, ...ends].join(' '), item.id)
  }
  return gaps
}
