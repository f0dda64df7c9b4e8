/** What the server says of itself: MOTD, LUSERS, VERSION, ADMIN, TIME, INFO, LINKS, ISUPPORT. */
import { CAP, hasCap } from '../protocol/capabilities.ts'
import { noAdminInfo, notRegistered } from '../protocol/errors.ts'
import { matchGlob } from '../protocol/glob.ts'
import {
  adminEmail,
  adminLocation1,
  adminLocation2,
  adminMe,
  endOfInfo,
  endOfLinks,
  info,
  links,
  time,
  version,
} from '../protocol/replies.ts'
import type { CommandContext, CommandGroup, UserContext } from './command.ts'
import { numeric, type Effect } from './effect.ts'
import { answerFor } from './server-target.ts'
import { lusersReply, motdReply } from './server-texts.ts'
import { isupportReply } from './welcome.ts'

export const serverInfoCommands: CommandGroup = {
  MOTD: {
    when: 'registered',
    minParams: 0,
    cost: 1,
    syntax: 'MOTD [<server>]',
    summary: 'Shows the message of the day.',
    spec: 'https://modern.ircdocs.horse/#motd-message',
    run: (context) => answerFor(context, context.params[0], motdReply),
  },
  LUSERS: {
    when: 'registered',
    minParams: 0,
    cost: 1,
    syntax: 'LUSERS',
    summary: 'Counts users, operators, channels and connections.',
    spec: 'https://modern.ircdocs.horse/#lusers-message',
    run: (context) => answerFor(context, context.params[1], lusersReply),
  },
  VERSION: {
    when: 'registered',
    minParams: 0,
    cost: 1,
    syntax: 'VERSION [<server>]',
    summary: 'Says which software this is, and what it supports.',
    spec: 'https://modern.ircdocs.horse/#version-message',
    run: (context) => answerFor(context, context.params[0], versionReply),
  },
  ADMIN: {
    when: 'registered',
    minParams: 0,
    cost: 1,
    syntax: 'ADMIN [<server>]',
    summary: 'Says who runs this server and how to reach them.',
    spec: 'https://modern.ircdocs.horse/#admin-message',
    run: (context) => answerFor(context, context.params[0], adminReply),
  },
  TIME: {
    when: 'registered',
    minParams: 0,
    cost: 1,
    syntax: 'TIME [<server>]',
    summary: "Tells the server's time.",
    spec: 'https://modern.ircdocs.horse/#time-message',
    run: (context) => answerFor(context, context.params[0], timeReply),
  },
  INFO: {
    when: 'registered',
    minParams: 0,
    cost: 1,
    syntax: 'INFO [<server>]',
    summary: 'Tells about the software and since when it runs.',
    spec: 'https://modern.ircdocs.horse/#info-message',
    run: (context) => answerFor(context, context.params[0], infoReply),
  },
  LINKS: {
    when: 'registered',
    minParams: 0,
    cost: 1,
    syntax: 'LINKS [<mask>]',
    summary: 'Lists the servers of the network.',
    spec: 'https://modern.ircdocs.horse/#links-message',
    run: linksReply,
  },
  ISUPPORT: {
    when: 'always',
    minParams: 0,
    cost: 1,
    syntax: 'ISUPPORT',
    summary:
      'Says what the server supports; with draft/extended-isupport also before registration.',
    spec: 'https://ircv3.net/specs/extensions/extended-isupport',
    run: isupportCommand,
  },
}

function* versionReply(context: CommandContext): Iterable<Effect> {
  const { server } = context
  yield numeric(version(server.version, server.name, server.networkName))
  yield* isupportReply(context)
}

function* adminReply({ server }: CommandContext): Iterable<Effect> {
  const { location1, location2, email } = server.admin
  if (location1 === '' && location2 === '' && email === '') {
    return yield numeric(noAdminInfo(server.name))
  }
  yield numeric(adminMe(server.name))
  yield numeric(adminLocation1(orUnset(location1)))
  yield numeric(adminLocation2(orUnset(location2)))
  yield numeric(adminEmail(orUnset(email)))
}

function orUnset(text: string): string {
  return text === '' ? '(not set)' : text
}

/** "Typically only contains the human-readable time" */
function* timeReply({ server, nowMs }: CommandContext): Iterable<Effect> {
  yield numeric(time(server.name, new Date(nowMs).toUTCString()))
}

function* infoReply({ server, process }: CommandContext): Iterable<Effect> {
  const lines = [
    `This is ${server.name} of the network ${server.networkName}, running ${server.version}.`,
    'Maru (마루) is the wide wooden floor at the heart of a Korean house, where everyone gathers.',
    'This one is a chat server that speaks IRC and IRCv3.',
    `It has been running since ${new Date(process.startedAtMs).toUTCString()}.`,
  ]
  for (const line of lines) yield numeric(info(line))
  yield numeric(endOfInfo())
}

/** `LINKS [[<server>] <mask>]` in RFC 2812. */
function linksReply(context: UserContext): Iterable<Effect> {
  const [first = '*', second] = context.params
  const mask = second ?? first
  return answerFor(context, second === undefined ? undefined : first, function* ({ server }) {
    if (matchGlob(mask, server.name)) yield numeric(links(server.name, server.description))
    yield numeric(endOfLinks(mask))
  })
}

/** "the server MUST accept ISUPPORT commands before connection registration completes" for those who asked for it */
function isupportCommand(context: CommandContext): Iterable<Effect> {
  const { user, session } = context
  if (user === undefined && !hasCap(session.caps, CAP.extendedIsupport)) {
    return [numeric(notRegistered())]
  }
  return isupportReply(context)
}
