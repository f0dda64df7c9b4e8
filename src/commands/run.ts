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
import { collect } from './batch.ts'
import { isUserContext, type Command, type CommandContext, type UserCommand } from './command.ts'
import { numeric, type Effect } from './effect.ts'

/** The one gate that every command passes: known, allowed now, enough parameters, privileged. */
export function runCommand(context: CommandContext): Iterable<Effect> {
  // A line of a batch costs a tenth: it must not be anything else.
  if (context.message.tags?.has('batch') && isUserContext(context)) return collect(context)
  const command = context.table.get(context.message.command)
  if (command === undefined) return unknown(context)
  if (command.when === 'registered') return runAsUser(context, command)
  if (command.when === 'before' && isUserContext(context)) return refuse(alreadyRegistered())
  return isShort(context, command) ? tooShort(context) : command.run(context)
}

function runAsUser(context: CommandContext, command: UserCommand): Iterable<Effect> {
  if (!isUserContext(context)) return refuse(notRegistered())
  const { privilege } = command
  if (privilege !== undefined && !mayAs(context.user, privilege)) {
    const isOperator = context.user.operator !== undefined
    return refuse(isOperator ? missingPrivilege(privilege) : noPrivileges())
  }
  return isShort(context, command) ? tooShort(context) : command.run(context)
}

function isShort({ params }: CommandContext, { minParams }: Command): boolean {
  return params.length < minParams
}

function tooShort({ message }: CommandContext): Iterable<Effect> {
  return refuse(needMoreParams(message.command))
}

function unknown(context: CommandContext): Iterable<Effect> {
  const name = context.message.command
  if (isUserContext(context)) return refuse(unknownCommand(name))
  return isWebRequest(name) ? turnAway(context) : refuse(notRegistered())
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
