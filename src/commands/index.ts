/** The whole command set, by what people want to do. A new group is one import and one line here. */
import { channelCommands } from './channel.ts'
import type { CommandGroup, CommandTable } from './command.ts'
import { chathistoryCommands } from './chathistory.ts'
import { historyCommands } from './history.ts'
import { readMarkerCommands } from './read-marker.ts'
import { redactCommands } from './redact.ts'
import { expungeCommands } from './expunge.ts'
import { searchCommands } from './search.ts'
import { zncCommands } from './znc.ts'
import { connectionCommands } from './connection.ts'
import { messageCommands } from './message.ts'
import { modeCommands } from './mode.ts'
import { registrationCommands } from './registration.ts'
import { serverInfoCommands } from './server-info.ts'
import { statsCommands } from './stats.ts'
import { helpCommands } from './help.ts'
import { webircCommands } from './webirc.ts'
import { operCommands } from './oper.ts'
import { serverBanCommands } from './server-ban.ts'
import { chghostCommands } from './chghost.ts'
import { whoCommands } from './who.ts'
import { whoisCommands } from './whois.ts'
import { lookupCommands } from './lookup.ts'
import { listCommands } from './list.ts'
import { presenceCommands } from './presence.ts'
import { monitorCommands } from './monitor.ts'
import { metadataCommands } from './metadata.ts'
import { silenceCommands } from './silence.ts'
import { batchCommands } from './batch.ts'
import { registerCommands } from './register.ts'
import { saslCommands } from './sasl.ts'
import { serviceCommands } from './services/service-commands.ts'

/** The titles are those of HELP and docs/commands.md; several groups may share one. */
export const commandGroups: readonly (readonly [title: string, group: CommandGroup])[] = [
  ['Registration', registrationCommands],
  ['Connection', connectionCommands],
  ['Messages', messageCommands],
  ['Channels', channelCommands],
  ['Channels', modeCommands],
  ['Server', serverInfoCommands],
  ['Server', statsCommands],
  ['Server', helpCommands],
  ['Registration', webircCommands],
  ['Accounts', saslCommands],
  ['Accounts', registerCommands],
  ['Operators', operCommands],
  ['Operators', serverBanCommands],
  ['Operators', chghostCommands],
  ['Operators', expungeCommands],
  ['People', whoCommands],
  ['People', whoisCommands],
  ['People', lookupCommands],
  ['People', presenceCommands],
  ['People', monitorCommands],
  ['People', silenceCommands],
  ['People', metadataCommands],
  ['Channels', listCommands],
  ['Messages', batchCommands],
  ['History', chathistoryCommands],
  ['History', historyCommands],
  ['History', readMarkerCommands],
  ['History', redactCommands],
  ['History', searchCommands],
  ['History', zncCommands],
  ['Accounts', serviceCommands],
]

export const commands: CommandTable = new Map(
  commandGroups.flatMap(([, group]) => Object.entries(group)),
)
