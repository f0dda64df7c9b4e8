/** The whole command set, by what people want to do. A new group is one import and one line here. */
import { channelCommands } from './channel.ts'
import type { CommandGroup, CommandTable } from './command.ts'
import { connectionCommands } from './connection.ts'
import { messageCommands } from './message.ts'
import { registrationCommands } from './registration.ts'
import { serverInfoCommands } from './server-info.ts'
import { statsCommands } from './stats.ts'
import { helpCommands } from './help.ts'
import { webircCommands } from './webirc.ts'
import { operCommands } from './oper.ts'
import { serverBanCommands } from './server-ban.ts'

/** The titles are those of HELP and docs/commands.md; several groups may share one. */
export const commandGroups: readonly (readonly [title: string, group: CommandGroup])[] = [
  ['Registration', registrationCommands],
  ['Connection', connectionCommands],
  ['Messages', messageCommands],
  ['Channels', channelCommands],
  ['Server', serverInfoCommands],
  ['Server', statsCommands],
  ['Server', helpCommands],
  ['Registration', webircCommands],
  ['Operators', operCommands],
  ['Operators', serverBanCommands],
]

export const commands: CommandTable = new Map(
  commandGroups.flatMap(([, group]) => Object.entries(group)),
)
