/** Whom people let write to them in spite of +R. It is people, not their nicks: whoever takes the nick of one isn't that one. */
import type { Network } from '../state/network.ts'
import type { User } from '../state/user.ts'
import { event, type Effect } from './effect.ts'

/** Those of the list who are here: a guest who has left is nobody any more. */
export function acceptedBy({ users }: Network, { accepts }: User): readonly User[] {
  if (accepts === undefined || accepts.size === 0) return []
  return [...users.values()].filter(({ person }) => accepts.has(person))
}

/** Undefined: the list is full. Those who have left make room. */
export function acceptance(
  network: Network,
  user: User,
  { one, most }: { readonly one: User; readonly most: number },
): Effect | undefined {
  const here = new Set(acceptedBy(network, user).map(({ person }) => person))
  if (here.size >= most) return undefined
  const removed = [...(user.accepts ?? [])].filter((person) => !here.has(person))
  return event({ kind: 'acceptChanged', user, added: [one.person], removed })
}
