/** The whole command set. A new group is one import and one line here. */
import { channelCommands } from './channel.ts'
import type { CommandTable } from './command.ts'
import { connectionCommands } from './connection.ts'
import { messageCommands } from './message.ts'
import { registrationCommands } from './registration.ts'

export const commands: CommandTable = new Map(
  Object.entries({
    ...registrationCommands,
    ...connectionCommands,
    ...messageCommands,
    ...channelCommands,
  }),
)
