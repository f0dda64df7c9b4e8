/** Channels: coming and going, what they are about, and who may come in. Their modes: `mode.ts`. */
import type { CommandGroup } from './command.ts'
import { invite } from './invite.ts'
import { join } from './join.ts'
import { kick } from './kick.ts'
import { knock } from './knock.ts'
import { names } from './names.ts'
import { part } from './part.ts'
import { rename } from './rename.ts'
import { topic } from './topic.ts'

export const channelCommands: CommandGroup = {
  JOIN: {
    when: 'registered',
    minParams: 1,
    cost: 1,
    isWelcome: true,
    syntax: 'JOIN <channel>[,<channel>…] [<key>[,<key>…]] | 0',
    summary: 'Enters rooms, and makes those that do not exist; 0 leaves all.',
    spec: 'https://modern.ircdocs.horse/#join-message',
    run: join,
  },
  PART: {
    when: 'registered',
    minParams: 1,
    cost: 1,
    syntax: 'PART <channel>[,<channel>…] [:<reason>]',
    summary: 'Leaves rooms.',
    spec: 'https://modern.ircdocs.horse/#part-message',
    run: part,
  },
  TOPIC: {
    when: 'registered',
    minParams: 1,
    cost: 1,
    syntax: 'TOPIC <channel> [:<topic>]',
    summary: 'Shows what a room is about, or sets it; an empty one takes it away.',
    spec: 'https://modern.ircdocs.horse/#topic-message',
    run: topic,
  },
  NAMES: {
    when: 'registered',
    minParams: 0,
    cost: 1,
    isWelcome: true,
    syntax: 'NAMES [<channel>[,<channel>…]]',
    summary: 'Lists who is in a room.',
    spec: 'https://modern.ircdocs.horse/#names-message',
    run: names,
  },
  KICK: {
    when: 'registered',
    minParams: 2,
    cost: 1,
    syntax: 'KICK <channel> <user>[,<user>…] [:<reason>]',
    summary: 'Puts people out of a room.',
    spec: 'https://modern.ircdocs.horse/#kick-message',
    run: kick,
  },
  INVITE: {
    when: 'registered',
    minParams: 0,
    cost: 2,
    syntax: 'INVITE [<nick> <channel>]',
    summary: 'Asks somebody into a room; alone, lists the rooms that you were asked into.',
    spec: 'https://modern.ircdocs.horse/#invite-message',
    run: invite,
  },
  KNOCK: {
    when: 'registered',
    minParams: 1,
    cost: 2,
    syntax: 'KNOCK <channel> [:<text>]',
    summary: 'Asks to be let into a room that is closed to you.',
    spec: 'https://defs.ircdocs.horse/defs/numerics.html#rpl-knock-710',
    run: knock,
  },
  RENAME: {
    when: 'registered',
    minParams: 2,
    cost: 5,
    syntax: 'RENAME <channel> <new name> [:<reason>]',
    summary: 'Gives a room another name; everything else about it stays.',
    spec: 'https://ircv3.net/specs/extensions/channel-rename',
    run: rename,
  },
}
