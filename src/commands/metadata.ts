/** METADATA. https://ircv3.net/specs/extensions/metadata */
import { fail } from '../protocol/standard-replies.ts'
import type { CommandContext, CommandGroup } from './command.ts'
import { standard, type Effect } from './effect.ts'
import { getValues, listValues, syncValues } from './metadata-read.ts'
import { subscribe, listSubscriptions, unsubscribe } from './metadata-subscribe.ts'
import { findTarget, type MetadataTarget } from './metadata-target.ts'
import { clearValues, setValue } from './metadata-write.ts'

export const metadataCommands: CommandGroup = {
  METADATA: {
    when: 'always',
    minParams: 2,
    cost: 1,
    isWelcome: true,
    syntax:
      'METADATA <* | nick | channel> <GET | LIST | SET | CLEAR | SUB | UNSUB | SUBS | SYNC> [<key>…]',
    summary:
      'Shows and sets what people and rooms say of themselves: display name, avatar, role and more.',
    spec: 'https://ircv3.net/specs/extensions/metadata',
    run: metadata,
  },
}

function* metadata(context: CommandContext): Iterable<Effect> {
  const [name = '', subcommand = ''] = context.params
  const run = SUBCOMMANDS[subcommand.toUpperCase()]
  if (run === undefined) {
    const text = 'There is no such subcommand of METADATA'
    return yield standard(fail('METADATA', 'SUBCOMMAND_INVALID', [subcommand], text))
  }
  const target = findTarget(context, name)
  if (target !== undefined) return yield* run(context, target)
  const text = context.user === undefined ? 'Until you are registered there is only *' : NO_TARGET
  yield standard(fail('METADATA', 'INVALID_TARGET', [name], text))
}

const NO_TARGET = 'There is nobody and no room of that name'

type Subcommand = (context: CommandContext, target: MetadataTarget) => Iterable<Effect>

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  GET: getValues,
  LIST: listValues,
  SET: setValue,
  CLEAR: clearValues,
  SUB: subscribe,
  UNSUB: unsubscribe,
  SUBS: listSubscriptions,
  SYNC: syncValues,
}
