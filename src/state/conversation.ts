import type { Network } from './network.ts'
import type { BufferId } from './record.ts'

/** What two people have said to each other. Who they are is `User.person`, not their nicks. */
export interface Conversation {
  readonly buffer: BufferId
  /** Sorted; twice the same for who talks to themselves. */
  readonly people: readonly [string, string]
  /** What they were called when it began, in the order of `people`. */
  readonly nicks: readonly [string, string]
}

export interface Party {
  readonly person: string
  readonly nick: string
}

export function createConversation(buffer: BufferId, a: Party, b: Party): Conversation {
  const [first, second] = a.person <= b.person ? [a, b] : [b, a]
  return { buffer, people: [first.person, second.person], nicks: [first.nick, second.nick] }
}

export function conversationOf(
  { conversations }: Network,
  one: string,
  other: string,
): Conversation | undefined {
  return conversations.get(one)?.get(other)
}

export function otherPerson({ people }: Conversation, one: string): string {
  return people[0] === one ? people[1] : people[0]
}

/** The nick that the other one had. */
export function otherNick({ people, nicks }: Conversation, one: string): string {
  return people[0] === one ? nicks[1] : nicks[0]
}

export function addConversation({ conversations }: Network, conversation: Conversation): void {
  const [one, other] = conversation.people
  set(conversations, one, other, conversation)
  set(conversations, other, one, conversation)
}

function set(
  conversations: Network['conversations'],
  one: string,
  other: string,
  conversation: Conversation,
): void {
  const theirs = conversations.get(one)
  if (theirs === undefined) conversations.set(one, new Map([[other, conversation]]))
  else theirs.set(other, conversation)
}

/** A guest who has left is never that guest again; whom they talked to keeps the conversation. */
export function forgetGuest({ conversations, markers, metadata }: Network, person: string): void {
  if (!isGuest(person)) return
  conversations.delete(person)
  markers.delete(person)
  metadata.delete(person)
}

/**
 * Nobody is this person any more: what others said to them stays theirs, under a name that nobody can have,
 * and what the same person says from now on is another conversation.
 */
export function erasePerson(network: Network, person: string): void {
  const { conversations } = network
  const theirs = conversations.get(person)
  conversations.delete(person)
  for (const [other, { buffer, people, nicks }] of theirs ?? []) {
    if (other === person) continue
    conversations.get(other)?.delete(person)
    const one = { person: other, nick: people[0] === other ? nicks[0] : nicks[1] }
    const nobody = { person: `${ERASED}${buffer}`, nick: ERASED_NICK }
    addConversation(network, createConversation(buffer, one, nobody))
  }
}

export function isGuest(person: string): boolean {
  return person.startsWith(GUEST)
}

export function guestPerson(visit: string): string {
  return `${GUEST}${visit}`
}

export function accountPerson(account: string): string {
  return `${ACCOUNT}${account}`
}

/** The key of the account; undefined: a guest, or the server. */
export function accountOfPerson(person: string): string | undefined {
  return person.startsWith(ACCOUNT) ? person.slice(ACCOUNT.length) : undefined
}

const ACCOUNT = 'a:'
const GUEST = 'g:'
/** As the log has it. */
const ERASED = 'x:'
const ERASED_NICK = 'erased'
