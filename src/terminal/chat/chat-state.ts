import type { Conversation, ConversationId, Model, Notice } from '../../client/model.ts'
import type { ItemId, Message, TimelineItem } from '../../client/timeline.ts'
import type { Language } from '../catalogue.ts'
import { chatWords } from './chat-words.ts'
import type { ChatSay } from './chat-words.ts'
import { EMPTY_COMPOSER, withText } from './composer.ts'
import type { Composer } from './composer.ts'
import type { ThemeName } from './theme.ts'

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** All that is shown, and nothing else. */
export interface ChatState {
  readonly model: Model
  readonly language: Language
  readonly say: ChatSay
  readonly theme: ThemeName
  readonly size: Size
  readonly nowMs: number
  /** Whose password was brought along; `''`: none. */
  readonly account: string
  /** Whether the window is looked at, as far as the terminal tells. */
  readonly isLookedAt: boolean
  /** Undefined: what the server says. */
  readonly open: ConversationId | undefined
  /** A room was open once; from then on what is open is the user's to say. */
  readonly hasBegun: boolean
  readonly views: ReadonlyMap<ConversationId, View>
  readonly panel: Panel | undefined
  /** The message that the list of emoji was opened for. */
  readonly reactingTo: Message | undefined
  readonly sides: { readonly rooms: Side; readonly members: Side }
  readonly toast: Toast | undefined
  /** What is to happen when an intent with this `ref` has an outcome. */
  readonly pending: ReadonlyMap<string, Pending>
  readonly nextRef: number
  /** The certificate changed, or its like: stays on the screen. */
  readonly alarm: string | undefined
  /** The last notice of the server that was seen. */
  readonly seenNotice: string | undefined
  /** First of the rooms and of the members that is shown. */
  readonly roomsTop: number
  readonly membersTop: number
}

/** `auto`: where there is room for it. */
export type Side = 'auto' | 'shown' | 'hidden'

export interface View {
  readonly composer: Composer
  /** The lowest row that is shown; undefined: the end. */
  readonly scroll: Scroll | undefined
  /** Messages of others after this are new since it was opened. */
  readonly newAfterMs: number | undefined
  readonly replyTo: Message | undefined
  readonly editing: Message | undefined
  readonly completion: Completion | undefined
}

/** The row `row` of those of an item. */
export interface Scroll {
  readonly item: ItemId
  readonly row: number
}

/** Tab goes through `options`, which replace what is from `start` up to the cursor. */
export interface Completion {
  readonly start: number
  readonly options: readonly string[]
  readonly at: number
}

export interface Toast {
  readonly text: string
  readonly isFailure: boolean
  readonly atMs: number
}

export type Pending =
  /** The conversation it leads to is opened. */
  | { readonly kind: 'open' }
  /** Its item is shown. */
  | { readonly kind: 'jump' }
  /** Only a refusal is told. */
  | { readonly kind: 'notice' }

export type ListOf =
  | 'bans'
  | 'switcher'
  | 'search'
  | 'directory'
  | 'mentions'
  | 'reaction'
  | 'help'
  | 'whois'

export type Panel =
  | { readonly kind: 'list'; readonly of: ListOf; readonly query: string; readonly index: number }
  /** A message that something is to be done with. */
  | { readonly kind: 'message'; readonly item: ItemId }
  /** Many lines were pasted: are they to be sent? */
  | { readonly kind: 'paste'; readonly text: string }
  | { readonly kind: 'delete'; readonly item: ItemId; readonly reason: string }
  | { readonly kind: 'leave' }
  /** What the connection can't go on without. */
  | {
      readonly kind: 'question'
      readonly name: string
      readonly secret: string
      readonly at: 0 | 1
    }

export const EMPTY_VIEW: View = {
  composer: EMPTY_COMPOSER,
  scroll: undefined,
  newAfterMs: undefined,
  replyTo: undefined,
  editing: undefined,
  completion: undefined,
}

export type Start = Pick<
  ChatState,
  'model' | 'language' | 'theme' | 'sides' | 'size' | 'nowMs' | 'account'
>

export function createChatState(start: Start): ChatState {
  return {
    ...start,
    say: chatWords(start.language),
    isLookedAt: true,
    open: undefined,
    hasBegun: false,
    views: new Map(),
    panel: undefined,
    reactingTo: undefined,
    toast: undefined,
    pending: new Map(),
    nextRef: 1,
    alarm: undefined,
    seenNotice: undefined,
    roomsTop: 0,
    membersTop: 0,
  }
}

export function openConversation(state: ChatState): Conversation | undefined {
  return state.open === undefined ? undefined : state.model.conversations.get(state.open)
}

/** What one does there; the draft that the client has kept is what was being written. */
export function viewOf(state: ChatState, id: ConversationId | undefined = state.open): View {
  const key = id ?? SERVER_VIEW
  const known = state.views.get(key)
  if (known !== undefined) return known
  const draft = state.model.conversations.get(key)?.draft ?? ''
  return draft === '' ? EMPTY_VIEW : { ...EMPTY_VIEW, composer: withText(EMPTY_COMPOSER, draft) }
}

/** No conversation is called so. */
const SERVER_VIEW = ''

export function withView(state: ChatState, change: Partial<View>): ChatState {
  const key = state.open ?? SERVER_VIEW
  const view = { ...viewOf(state), ...change }
  return { ...state, views: new Map(state.views).set(key, view) }
}

export function itemsOf(state: ChatState): readonly TimelineItem[] {
  if (state.open === undefined) return []
  return state.model.timelines.get(state.open)?.items ?? []
}

export function messageOf(state: ChatState, id: ItemId): Message | undefined {
  const item = itemsOf(state).find((one) => one.id === id)
  return item?.kind === 'message' ? item : undefined
}

/** Rooms by name, then people by what they said last. */
export function sortedConversations({ model }: ChatState): readonly Conversation[] {
  const all = [...model.conversations.values()]
  const rooms = all.filter(({ kind }) => kind === 'room')
  const direct = all.filter(({ kind }) => kind === 'direct')
  return [
    ...rooms.toSorted((a, b) => a.name.localeCompare(b.name)),
    ...direct.toSorted((a, b) => (b.lastMessageMs ?? 0) - (a.lastMessageMs ?? 0)),
  ]
}

/** Shows a conversation from its end; what is new in it is told apart from then on. */
export function opened(state: ChatState, id: ConversationId | undefined): ChatState {
  if (id === state.open) return withView(state, { scroll: undefined })
  const left = withView(state, { newAfterMs: undefined, completion: undefined })
  const conversation = id === undefined ? undefined : state.model.conversations.get(id)
  const isUnread = (conversation?.unread ?? 0) > 0
  const newAfterMs = isUnread ? (conversation?.readUpToMs ?? 0) : undefined
  const after = { ...left, open: id, membersTop: 0, roomsTop: roomsTopFor(state, id) }
  return withView({ ...after, seenNotice: lastNotice(state) }, { scroll: undefined, newAfterMs })
}

/** The list of rooms as far down as it must be for one of them to be in it. */
function roomsTopFor(state: ChatState, id: ConversationId | undefined): number {
  const shown = state.size.rows - 6
  const at = sortedConversations(state).findIndex((one) => one.id === id) + 3
  const isShown = at >= state.roomsTop && at < state.roomsTop + shown
  return isShown ? state.roomsTop : Math.max(0, at - Math.floor(shown / 2))
}

/** Whoever comes from what the server says, or goes there, has seen it. */
function lastNotice({ open, seenNotice, model }: ChatState): string | undefined {
  return open === undefined ? model.notices.at(-1)?.id : seenNotice
}

/** What the server said since one has looked there. */
export function unseenNotices({ open, seenNotice, model }: ChatState): readonly Notice[] {
  if (open === undefined) return []
  const seen = model.notices.findIndex(({ id }) => id === seenNotice)
  return model.notices.slice(seen + 1).filter(({ kind }) => kind !== 'motd' && kind !== 'server')
}
