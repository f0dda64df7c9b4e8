/** MODE, of channels and of oneself. */
import { noSuchChannel } from '../protocol/errors.ts'
import { changeModes, showModes } from './channel-mode.ts'
import { channelNamed } from './channel-lookup.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { numeric, type Effect } from './effect.ts'
import { userMode } from './user-mode.ts'

export const modeCommands: CommandGroup = {
  MODE: {
    when: 'registered',
    minParams: 1,
    cost: 1,
    isWelcome: true,
    syntax: 'MODE <channel | nick> [<modes> [<argument>…]]',
    summary: 'Shows or changes what a room allows, who has which rank there, and your own modes.',
    spec: 'https://modern.ircdocs.horse/#mode-message',
    run: mode,
  },
}

function* mode(context: UserContext): Iterable<Effect> {
  const [target = '', letters = '', ...args] = context.params
  if (!target.startsWith('#')) return yield* userMode(context, target, letters)
  const channel = channelNamed(context, target)
  if (channel === undefined) yield numeric(noSuchChannel(target))
  else if (letters === '') yield* showModes(context, channel)
  else yield* changeModes(context, channel, { letters, args })
}
