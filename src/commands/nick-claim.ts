import { foldCase } from '../protocol/casemap.ts'
import { nicknameInUse } from '../protocol/errors.ts'
import { lookalikeOf } from '../protocol/lookalikes.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { accountOf, ownerOf } from '../state/account-book.ts'
import type { Account } from '../state/account.ts'
import type { Network } from '../state/network.ts'
import type { Session } from '../state/session.ts'
import type { User } from '../state/user.ts'
import type { CommandContext } from './command.ts'
import { event, type Effect } from './effect.ts'

/** Why somebody can't have this nick now; undefined: they can. */
export function nickRefusal(
  { network, session }: Pick<CommandContext, 'network' | 'session'>,
  nick: string,
): Numeric | undefined {
  const { user } = session
  const taken = lookalikeOf(network.userLooks, nick, user?.nick)
  if (taken !== undefined) return nicknameInUse(nick)
  return isProtected(network, nick, accountOf(network, user ?? session))
    ? nicknameInUse(nick, 'This nickname belongs to an account: log in to use it')
    : undefined
}

/** Whether it is, or looks like, the nick of another account that wants it for itself. */
export function isProtected(network: Network, nick: string, own: Account | undefined): boolean {
  const owner = ownerOf(network, nick)
  return owner !== undefined && owner.key !== own?.key && owner.settings.protect
}

/**
 * Before registration the answer may still change: who negotiates, or came with an account's password, may
 * yet turn out to be whose nick it is. Then it is asked again at the end.
 */
export function mayStillLogIn({ network, session }: CommandContext, nick: string): boolean {
  if (session.user !== undefined || session.account !== undefined) return false
  if (!session.negotiating && session.password?.includes(':') !== true) return false
  const taken = lookalikeOf(network.userLooks, nick)
  const holder = taken === undefined ? undefined : network.users.get(taken)
  return (
    taken === undefined || holder?.account !== undefined || ownerOf(network, nick) !== undefined
  )
}

/** Who has the nick already and is of the same account: a further connection joins them. */
export function ownUser(network: Network, session: Session, nick: string): User | undefined {
  const user = network.users.get(foldCase(nick))
  if (user?.account === undefined || session.account === undefined) return undefined
  return foldCase(user.account) === foldCase(session.account) ? user : undefined
}

/** A protected nick goes to its owner, whoever has it or one that looks like it: they are called something else. */
export function* claimNick(
  context: Pick<CommandContext, 'network' | 'session'>,
  nick: string,
): Iterable<Effect> {
  const { network, session } = context
  const own = accountOf(network, session.user ?? session)
  const owner = ownerOf(network, nick)
  if (own === undefined || owner?.key !== own.key || !own.settings.protect) return
  const taken = lookalikeOf(network.userLooks, nick, session.user?.nick)
  const holder = taken === undefined ? undefined : network.users.get(taken)
  if (holder === undefined || accountOf(network, holder)?.key === own.key) return
  yield* takeNickFrom(network, holder)
}

/** They get the nick of a guest, and are told why. */
export function* takeNickFrom(network: Network, user: User): Iterable<Effect> {
  const text = `The nick ${user.nick} belongs to an account, and its owner has come`
  yield event({ kind: 'serverNotice', user, text })
  yield event({ kind: 'renamed', user, nick: guestNick(network) })
}

function guestNick(network: Network): string {
  for (let i = network.users.size; ; i++) {
    const nick = `Guest${i}`
    const isFree = lookalikeOf(network.userLooks, nick) === undefined
    if (isFree && ownerOf(network, nick) === undefined) return nick
  }
}
