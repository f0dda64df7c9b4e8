import {
  alreadyRegistered,
  missingPrivilege,
  needMoreParams,
  noPrivileges,
  notRegistered,
  unknownCommand,
} from '../protocol/errors.ts'
import { mayAs } from '../state/user.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { isUserContext, type CommandContext } from './command.ts'
import { numeric, type Effect } from './effect.ts'

/** The one gate that every command passes: known, allowed now, enough parameters, privileged. */
export function runCommand(context: CommandContext): Iterable<Effect> {
  const { message, table } = context
  const name = message.command
  const command = table.get(name)
  if (command === undefined) {
    if (isUserContext(context)) return refuse(unknownCommand(name))
    return isWebRequest(name) ? turnAway(context) : refuse(notRegistered())
  }
  const isShort = message.params.length < command.minParams
  if (command.when !== 'registered') {
    if (command.when === 'before' && isUserContext(context)) return refuse(alreadyRegistered())
    return isShort ? refuse(needMoreParams(name)) : command.run(context)
  }
  if (!isUserContext(context)) return refuse(notRegistered())
  if (isShort) return refuse(needMoreParams(name))
  if (command.privilege !== undefined && !mayAs(context.user, command.privilege)) {
    const isOperator = context.user.operator !== undefined
    return refuse(isOperator ? missingPrivilege(command.privilege) : noPrivileges())
  }
  return command.run(context)
}

/**
 * A web page can make its visitors' browsers send whatever it likes to a chat server, wrapped in a
 * request: the first word gives that away, and what follows is not looked at.
 */
function isWebRequest(command: string): boolean {
  return WEB_METHODS.has(command)
}

const WEB_METHODS: ReadonlySet<string> = new Set([
  'CONNECT',
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'TRACE',
])

function turnAway({ session }: CommandContext): Iterable<Effect> {
  return [{ kind: 'close', session, reason: 'This is a chat server, not a web server' }]
}

function refuse(error: Numeric): Iterable<Effect> {
  return [numeric(error)]
}
