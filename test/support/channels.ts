import type { World } from './world.ts'

/** The command or the numeric of each line. */
export function codes(lines: readonly string[] | undefined): string[] {
  return (lines ?? []).map((line) => line.split(' ')[1] ?? '')
}

/** As if they had logged in to the account of that name, or to another. */
export function login(world: World, nick: string, account = nick): void {
  const user = world.core.network.users.get(nick)
  if (user !== undefined) user.account = account
}
