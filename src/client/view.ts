import type { Change } from './change.ts'
import type {
  Connection,
  Conversation,
  Member,
  Mention,
  Model,
  Notice,
  Person,
  RoomList,
  Search,
  Self,
  ServerFacts,
  Typist,
  Whois,
} from './model.ts'
import { Table } from './table.ts'
import { TimelineStore } from './timeline-store.ts'

/** The parts of the model that are sent whole. */
export interface Parts {
  connection: Connection
  self: Self
  server: ServerFacts
  roomList: RoomList
  search: Search
  mentions: readonly Mention[]
  notices: readonly Notice[]
  whois: Whois | undefined
}

/** The model as the client works on it. `take` tells what has changed: applied to a snapshot of before, it is the one of now. */
export class View {
  readonly conversations = new Table<Conversation>()
  readonly people = new Table<Person>()
  readonly typing = new Table<readonly Typist[]>()
  readonly #members = new Map<string, Table<Member>>()
  readonly #timelines = new Map<string, TimelineStore>()
  readonly #changed = new Set<keyof Parts>()
  readonly #outcomes: Change[] = []
  #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  get parts(): Readonly<Parts> {
    return this.#parts
  }

  set<K extends keyof Parts>(key: K, value: Parts[K]): void {
    if (this.#parts[key] === value) return
    this.#parts = { ...this.#parts, [key]: value }
    this.#changed.add(key)
  }

  members(conversation: string): Table<Member> {
    const known = this.#members.get(conversation)
    if (known !== undefined) return known
    const made = new Table<Member>()
    this.#members.set(conversation, made)
    return made
  }

  timeline(conversation: string): TimelineStore {
    const known = this.#timelines.get(conversation)
    if (known !== undefined) return known
    const made = new TimelineStore()
    this.#timelines.set(conversation, made)
    return made
  }

  forget(conversation: string): void {
    this.conversations.delete(conversation)
    this.typing.delete(conversation)
    // Their stores go with `take`: whoever comes back before it finds them empty, and so do the interfaces.
    this.#members.get(conversation)?.clear()
    const timeline = this.#timelines.get(conversation)
    timeline?.splice(0, timeline.items.length, [])
  }

  outcome(change: Extract<Change, { kind: 'outcome' }>): void {
    this.#outcomes.push(change)
  }

  take(): Change[] {
    const changes: Change[] = []
    for (const key of this.#changed) changes.push({ kind: key, [key]: this.#parts[key] } as Change)
    this.#changed.clear()
    if (this.conversations.isChanged) this.#takeConversations(changes)
    if (this.people.isChanged) changes.push({ kind: 'people', ...this.people.take() })
    for (const [conversation, table] of this.#members) {
      if (table.isChanged) changes.push({ kind: 'members', conversation, ...table.take() })
    }
    for (const [conversation, timeline] of this.#timelines) {
      const change = timeline.takeChange(conversation)
      if (change !== undefined) changes.push(change)
    }
    this.#takeTyping(changes)
    changes.push(...this.#outcomes.splice(0))
    return changes
  }

  #takeConversations(changes: Change[]): void {
    const { put, gone } = this.conversations.take()
    changes.push({ kind: 'conversations', put, gone })
    for (const id of gone) {
      this.#members.delete(id)
      this.#timelines.delete(id)
    }
  }

  #takeTyping(changes: Change[]): void {
    if (!this.typing.isChanged) return
    const before = this.typing.copy()
    const { gone } = this.typing.take()
    // All that are typed in: they are few, and rarely change.
    for (const [conversation, typists] of before) {
      changes.push({ kind: 'typing', conversation, typists })
    }
    for (const conversation of gone) {
      if (!this.conversations.has(conversation)) continue
      changes.push({ kind: 'typing', conversation, typists: [] })
    }
  }

  snapshot(): Model {
    const { whois, ...parts } = this.#parts
    return {
      ...parts,
      ...(whois === undefined ? {} : { whois }),
      conversations: this.conversations.copy(),
      people: this.people.copy(),
      typing: this.typing.copy(),
      members: new Map(
        [...this.#members].flatMap(([id, table]) => (table.size === 0 ? [] : [[id, table.copy()]])),
      ),
      timelines: new Map(
        [...this.#timelines].flatMap(([id, { items, isComplete }]) =>
          items.length === 0 && !isComplete ? [] : [[id, { items: [...items], isComplete }]],
        ),
      ),
    }
  }
}
