/** CHGHOST: what an operator lets others see as somebody's host. */
import { foldCase } from '../protocol/casemap.ts'
import { noSuchNick } from '../protocol/errors.ts'
import { isHostName } from '../protocol/host-name.ts'
import { fail } from '../protocol/standard-replies.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { event, numeric, standard, type Effect } from './effect.ts'
import { audit } from './operator-action.ts'

export const chghostCommands: CommandGroup = {
  CHGHOST: {
    when: 'registered',
    privilege: 'override',
    minParams: 2,
    cost: 2,
    syntax: 'CHGHOST <nick> <host>',
    summary: 'Changes what others see as the host of somebody.',
    spec: 'https://ircv3.net/specs/extensions/chghost',
    run: chghost,
  },
}

function* chghost({ user: by, network, params }: UserContext): Iterable<Effect> {
  const [nick = '', host = ''] = params
  const user = network.users.get(foldCase(nick))
  if (user === undefined) return yield numeric(noSuchNick(nick))
  if (!isHostName(host)) {
    const text = 'A host has letters, digits, - and _ in parts joined by dots, 63 at most'
    return yield standard(fail('CHGHOST', 'INVALID_HOST', [], text))
  }
  if (user.host === host) return
  yield audit('host changed', by, { nick: user.nick, from: user.host, to: host })
  yield event({ kind: 'hostChanged', user, host })
}
