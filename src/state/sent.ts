import type { Said } from './message-event.ts'
import type { Network } from './network.ts'
import { isGuest } from './conversation.ts'

/** What a client called a message of its own, so that it isn't said twice. docs/client-msgid.md */
export interface ClientMsgid {
  readonly id: string
  /** Of where it went and what it said. */
  readonly digest: string
}

/** A message that has such a name. */
export interface Sent {
  readonly msgid: string
  readonly timeMs: number
  readonly digest: string
}

/** Under whom names are kept: an account's are its own, those of guests, who come back as others, are told apart by themselves. */
export function senderOf(person: string): string {
  return isGuest(person) ? 'g:' : person
}

export function sentKey(sender: string, id: string): string {
  return `${sender} ${id}`
}

export function sentBefore({ sent }: Network, person: string, id: string): Sent | undefined {
  return sent.get(sentKey(senderOf(person), id))
}

export function addSent({ sent }: Network, said: Said, timeMs: number): void {
  const { clientMsgid, by, msgid } = said
  if (clientMsgid === undefined) return
  const { id, digest } = clientMsgid
  sent.set(sentKey(senderOf(by.person), id), { msgid, timeMs, digest })
}

export function forgetSent({ sent }: Network, { clientMsgid, by }: Said): void {
  if (clientMsgid !== undefined) sent.delete(sentKey(senderOf(by.person), clientMsgid.id))
}

/** Those from before `beforeMs`; they stand in the order in which they came. */
export function expireSent({ sent }: Network, beforeMs: number): void {
  for (const [key, { timeMs }] of sent) {
    if (timeMs >= beforeMs) return
    sent.delete(key)
  }
}
