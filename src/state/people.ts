import { accountOfPerson } from './conversation.ts'
import type { Network } from './network.ts'
import type { User } from './user.ts'

/** Those who are here and have this person's past: of an account they may be several. */
export function usersWho({ accountUsers, users }: Network, person: string): readonly User[] {
  const key = accountOfPerson(person)
  if (key !== undefined) return [...(accountUsers.get(key) ?? [])]
  for (const user of users.values()) if (user.person === person) return [user]
  return []
}
