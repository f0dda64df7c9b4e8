import { alreadyRegistered, needMoreParams, noPrivileges, notRegistered, unknownCommand } from '../protocol/errors.ts'
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
    return refuse(isUserContext(context) ? unknownCommand(name) : notRegistered())
  }
  const isShort = message.params.length < command.minParams
  if (command.when !== 'registered') {
    if (command.when === 'before' && isUserContext(context)) return refuse(alreadyRegistered())
    return isShort ? refuse(needMoreParams(name)) : command.run(context)
  }
  if (!isUserContext(context)) return refuse(notRegistered())
  if (isShort) return refuse(needMoreParams(name))
  if (command.privilege !== undefined && !mayAs(context.user, command.privilege)) {
    return refuse(noPrivileges())
  }
  return command.run(context)
}

function refuse(error: Numeric): Iterable<Effect> {
  return [numeric(error)]
}
