/** What the client sends to user interfaces: a snapshot, and then what changed, once a turn. */
import type { Outcome } from './intent.ts'
import type {
  Connection,
  Conversation,
  ConversationId,
  Member,
  Mention,
  Model,
  Notice,
  Person,
  PersonKey,
  RoomList,
  Search,
  Self,
  ServerFacts,
  Typist,
  Whois,
} from './model.ts'
import type { ItemId, TimelineItem } from './timeline.ts'

export type Change =
  | { readonly kind: 'snapshot'; readonly model: Model }
  | { readonly kind: 'connection'; readonly connection: Connection }
  | { readonly kind: 'self'; readonly self: Self }
  | { readonly kind: 'server'; readonly server: ServerFacts }
  | {
      readonly kind: 'conversations'
      readonly put: readonly Conversation[]
      /** With their timelines, members and typists. */
      readonly gone: readonly ConversationId[]
    }
  | {
      readonly kind: 'members'
      readonly conversation: ConversationId
      readonly put: readonly Member[]
      readonly gone: readonly PersonKey[]
    }
  | {
      readonly kind: 'people'
      readonly put: readonly Person[]
      readonly gone: readonly PersonKey[]
    }
  | TimelineChange
  | {
      readonly kind: 'typing'
      readonly conversation: ConversationId
      readonly typists: readonly Typist[]
    }
  | { readonly kind: 'roomList'; readonly roomList: RoomList }
  | { readonly kind: 'search'; readonly search: Search }
  | { readonly kind: 'mentions'; readonly mentions: readonly Mention[] }
  | { readonly kind: 'notices'; readonly notices: readonly Notice[] }
  | { readonly kind: 'whois'; readonly whois: Whois }
  /** Of an intent with a `ref`. It changes nothing of the model. */
  | { readonly kind: 'outcome'; readonly ref: string; readonly outcome: Outcome }

/** First, items take the place of those with their ids; then, at `at`, `removed` of them go and `inserted` come. */
export interface TimelineChange {
  readonly kind: 'timeline'
  readonly conversation: ConversationId
  readonly isComplete: boolean
  readonly replaced: readonly TimelineItem[]
  readonly at: number
  readonly removed: number
  readonly inserted: readonly TimelineItem[]
}

/** The model after the changes; what they don't concern is the same object as before. */
export function applyChanges(model: Model, changes: readonly Change[]): Model {
  return changes.reduce(applyChange, model)
}

export function applyChange(model: Model, change: Change): Model {
  switch (change.kind) {
    case 'snapshot':
      return change.model
    case 'outcome':
      return model
    case 'conversations':
      return withConversations(model, change.put, change.gone)
    case 'members': {
      const { conversation, put, gone } = change
      const before = model.members.get(conversation) ?? new Map<PersonKey, Member>()
      const members = patched(before, put, gone)
      if (members.size === 0) return { ...model, members: without(model.members, [conversation]) }
      return { ...model, members: withEntry(model.members, conversation, members) }
    }
    case 'people':
      return { ...model, people: patched(model.people, change.put, change.gone) }
    case 'timeline':
      return withTimeline(model, change)
    case 'typing': {
      const { conversation, typists } = change
      if (typists.length === 0) return { ...model, typing: without(model.typing, [conversation]) }
      return { ...model, typing: withEntry(model.typing, conversation, typists) }
    }
    default:
      return withPart(model, change)
  }
}

type PartChange = Extract<
  Change,
  {
    kind:
      | 'connection'
      | 'self'
      | 'server'
      | 'roomList'
      | 'search'
      | 'mentions'
      | 'notices'
      | 'whois'
  }
>

function withPart(model: Model, change: PartChange): Model {
  const { kind: _kind, ...part } = change
  return { ...model, ...part }
}

function withConversations(
  model: Model,
  put: readonly Conversation[],
  gone: readonly ConversationId[],
): Model {
  const conversations = new Map(model.conversations)
  for (const id of gone) conversations.delete(id)
  for (const conversation of put) conversations.set(conversation.id, conversation)
  if (gone.length === 0) return { ...model, conversations }
  return {
    ...model,
    conversations,
    timelines: without(model.timelines, gone),
    members: without(model.members, gone),
    typing: without(model.typing, gone),
  }
}

function withTimeline(model: Model, change: TimelineChange): Model {
  const { conversation, isComplete, replaced, at, removed, inserted } = change
  const before = model.timelines.get(conversation)?.items ?? []
  const kept = replaced.length === 0 ? before : withReplaced(before, replaced)
  const isSame = removed === 0 && inserted.length === 0
  const items = isSame ? kept : [...kept.slice(0, at), ...inserted, ...kept.slice(at + removed)]
  if (items.length === 0 && !isComplete) {
    return { ...model, timelines: without(model.timelines, [conversation]) }
  }
  return { ...model, timelines: withEntry(model.timelines, conversation, { items, isComplete }) }
}

function withReplaced(
  items: readonly TimelineItem[],
  replaced: readonly TimelineItem[],
): readonly TimelineItem[] {
  const byId = new Map<ItemId, TimelineItem>(replaced.map((item) => [item.id, item]))
  return items.map((item) => byId.get(item.id) ?? item)
}

function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value)
}

function without<K, V>(map: ReadonlyMap<K, V>, gone: readonly K[]): ReadonlyMap<K, V> {
  const rest = new Map(map)
  for (const key of gone) rest.delete(key)
  return rest
}

function patched<V extends { readonly key: PersonKey }>(
  map: ReadonlyMap<PersonKey, V>,
  put: readonly V[],
  gone: readonly PersonKey[],
): ReadonlyMap<PersonKey, V> {
  const next = new Map(map)
  for (const key of gone) next.delete(key)
  for (const value of put) next.set(value.key, value)
  return next
}
