import { CAP, hasCap, type Capabilities } from '../protocol/capabilities.ts'
import { foldCase } from '../protocol/casemap.ts'
import { fitLine } from '../protocol/fit-line.ts'
import { formatModeChanges, RANK, RANKS } from '../protocol/modes.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { knock, topic as topicReply, topicWhoTime } from '../protocol/replies.ts'
import type { ChannelRenamed, Event, Joined, Kicked } from './event.ts'
import type { Said } from './message-event.ts'
import { lineBy, type Line } from './line.ts'
import { markerParams } from './marker.ts'
import { namesReply } from './names-reply.ts'
import { renderMetadata } from './render-metadata.ts'
import { renderRedacted } from './redaction.ts'
import type { User } from './user.ts'

export interface RenderContext {
  readonly serverName: string
  readonly time: string
  /** Of what is kept. */
  readonly msgid?: string
}

/** What a client with `caps` gets to see of an event; nothing, when it isn't to hear of it at all. */
// oxlint-disable-next-line max-lines-per-function -- a case for each kind of event
export function render(event: Event, caps: Capabilities, context: RenderContext): readonly Line[] {
  const { time } = context
  switch (event.kind) {
    case 'quit':
      return by(event.user, 'QUIT', [event.reason], context)
    case 'renamed':
      return by(event.user, 'NICK', [event.nick], context)
    case 'joined':
      return [
        ...renderJoined(event, caps, context),
        ...renderRanksOf(event, context),
        ...renderAwayOf(event.user, caps, time),
      ]
    case 'parted':
      return by(event.user, 'PART', [event.channel.name, ...given(event.reason)], context)
    case 'kicked':
      return renderKicked(event, context)
    case 'said':
      return renderSaid(event, caps, time)
    case 'topicChanged':
      return by(event.by, 'TOPIC', [event.channel.name, event.topic.text], context)
    case 'channelModesChanged': {
      const params = [event.channel.name, ...formatModeChanges(event.changes)]
      if (event.by !== undefined) return by(event.by, 'MODE', params, context)
      return byServer('MODE', params, context)
    }
    case 'userModesChanged':
      return by(event.user, 'MODE', [event.user.nick, ...formatModeChanges(event.changes)], context)
    case 'channelRenamed':
      if (!hasCap(caps, CAP.channelRename)) return []
      return by(event.by, 'RENAME', [event.oldName, event.name, event.reason], context)
    case 'awayChanged':
      if (!hasCap(caps, CAP.awayNotify)) return []
      return by(event.user, 'AWAY', given(event.text), context)
    case 'realNameChanged':
      if (!hasCap(caps, CAP.setname)) return []
      return by(event.user, 'SETNAME', [event.realName], context)
    case 'loggedIn':
      return renderAccount(event.session.user, event.account.name, caps, context)
    case 'loggedOut':
      return renderAccount(event.user, '*', caps, context)
    case 'hostChanged':
      if (!hasCap(caps, CAP.chghost)) return []
      return by(event.user, 'CHGHOST', [event.user.userName, event.host], context)
    case 'invited':
      return by(event.by, 'INVITE', [event.user.nick, event.channel.name], context)
    case 'wallops':
      return by(event.by, 'WALLOPS', [event.text], context)
    case 'serverNotice':
      return byServer('NOTICE', [event.user.nick, event.text], context)
    case 'channelNotice':
      return byServer('NOTICE', [event.channel.name, event.text], context)
    case 'redacted':
      return renderRedacted(event, undefined, { caps, time })
    case 'markerMoved':
      if (!hasCap(caps, CAP.readMarker)) return []
      return byServer('MARKREAD', markerParams(event.target, event.timeMs), context)
    case 'metadataChanged':
    case 'metadataShown':
      return renderMetadata(event, caps, context)
    case 'invitationMade':
    case 'invitationUsed':
    case 'invitationEnded':
    case 'registrationChanged':
    case 'restEnded':
    case 'closureAdded':
    case 'closureRemoved':
    case 'conversationBegan':
    case 'personErased':
    case 'unsaid':
    case 'replayChosen':
    case 'sentExpired':
    case 'connected':
    case 'disconnected':
    case 'registered':
    case 'attached':
    case 'detached':
    case 'accountKept':
    case 'accountDropped':
    case 'presenceChanged':
    case 'knocked':
    case 'operatorGranted':
    case 'loginFailed':
    case 'capabilitiesChanged':
    case 'monitorChanged':
    case 'silenceChanged':
    case 'acceptChanged':
    case 'banAdded':
    case 'banRemoved':
    case 'announced':
      return []
    default:
      return event satisfies never
  }
}

/**
 * The same for one receiver who is told personally: what it says may depend on who they are. Every
 * member of a renamed channel is told so, and only those that a cast can't tell get lines here.
 */
export function renderTo(
  receiver: User,
  event: Event,
  caps: Capabilities,
  context: RenderContext,
): readonly Line[] {
  switch (event.kind) {
    case 'joined':
      // "Clients SHOULD NOT be sent AWAY messages to notify them of their own away status"
      // https://ircv3.net/specs/extensions/away-notify
      if (receiver === event.user) return renderJoined(event, caps, context)
      return render(event, caps, context)
    case 'invited':
      if (receiver !== event.user && !hasCap(caps, CAP.inviteNotify)) return []
      return render(event, caps, context)
    case 'knocked':
      return asNumerics(
        receiver,
        [knock(event.channel.name, event.user.source, event.text)],
        context,
      )
    case 'announced':
      return byServer('NOTICE', [receiver.nick, event.text], context)
    case 'redacted':
      return renderRedacted(event, receiver, { caps, time: context.time })
    case 'channelRenamed':
      if (hasCap(caps, CAP.channelRename)) return render(event, caps, context)
      return renderAsRejoin(receiver, event, caps, context)
    default:
      return render(event, caps, context)
  }
}

/** "the server MUST fall back to PART and JOIN" https://ircv3.net/specs/extensions/channel-rename */
function renderAsRejoin(
  receiver: User,
  { channel, oldName, name, reason }: ChannelRenamed,
  caps: Capabilities,
  context: RenderContext,
): Line[] {
  // "This fallback SHOULD NOT be used if the rename only changes the case of the channel name"
  if (foldCase(oldName) === foldCase(name)) return []
  const { topic } = channel
  const numerics = [
    ...(topic === undefined
      ? []
      : [
          topicReply(name, topic.text),
          topicWhoTime(name, topic.setBy, Math.floor(topic.setAtMs / 1000)),
        ]),
    ...(hasCap(caps, CAP.noImplicitNames) ? [] : namesReply(channel, receiver, caps)),
  ]
  return [
    ...by(receiver, 'PART', [oldName, reason], context),
    ...renderJoined({ user: receiver, channel }, caps, context),
    ...asNumerics(receiver, numerics, context),
  ]
}

/** Numerics as lines to somebody. */
export function asNumerics(
  receiver: { readonly nick?: string },
  numerics: readonly Numeric[],
  { serverName, time }: RenderContext,
): Line[] {
  return numerics.map(({ code, params }) => ({
    source: serverName,
    command: code,
    params: fitLine(serverName, code, [receiver.nick ?? '*', ...params]),
    time,
  }))
}

function by(
  user: User,
  command: string,
  params: readonly string[],
  { time, msgid }: RenderContext,
): Line[] {
  return [lineBy(user, command, params, time, msgid === undefined ? {} : { msgid })]
}

function byServer(
  command: string,
  params: readonly string[],
  { serverName, time, msgid }: RenderContext,
): Line[] {
  return [{ source: serverName, command, params, time, msgid }]
}

function renderKicked(event: Kicked, context: RenderContext): Line[] {
  const params = [event.channel.name, event.user.nick, event.reason]
  if (event.by === undefined) return byServer('KICK', params, context)
  return by(event.by, 'KICK', params, context)
}

function given(text: string | undefined): string[] {
  return text === undefined ? [] : [text]
}

function renderJoined(
  { user, channel }: Pick<Joined, 'user' | 'channel'>,
  caps: Capabilities,
  context: RenderContext,
): Line[] {
  const params = hasCap(caps, CAP.extendedJoin)
    ? [channel.name, user.account ?? '*', user.realName]
    : [channel.name]
  return by(user, 'JOIN', params, context)
}

/** https://ircv3.net/specs/extensions/account-notify */
function renderAccount(
  user: User | undefined,
  account: string,
  caps: Capabilities,
  context: RenderContext,
): Line[] {
  if (user === undefined || !hasCap(caps, CAP.accountNotify)) return []
  return by(user, 'ACCOUNT', [account], context)
}

/** Who comes in with ranks: those who are there can't know it otherwise, who joins sees it in the names. */
function renderRanksOf({ user, channel, ranks }: Joined, context: RenderContext): Line[] {
  if (ranks === 0) return []
  const held = RANKS.filter(({ mode }) => (ranks & RANK[mode]) !== 0)
  const changes = held.map(({ mode }) => ({ sign: '+', mode, argument: user.nick }) as const)
  const params = [channel.name, ...formatModeChanges(changes)]
  return byServer('MODE', params, { serverName: context.serverName, time: context.time })
}

/** "clients will be sent an AWAY message […] when a user joins and has an away message set" */
function renderAwayOf(user: User, caps: Capabilities, time: string): Line[] {
  if (user.away === undefined || !hasCap(caps, CAP.awayNotify)) return []
  return [lineBy(user, 'AWAY', [user.away], time)]
}

function renderSaid(event: Said, caps: Capabilities, time: string): readonly Line[] {
  const { by: user, command, lines, msgid, clientTags } = event
  const target = targetName(event)
  if (event.multiline) {
    return hasCap(caps, CAP.multiline) && hasCap(caps, CAP.batch)
      ? multilineBatch(event, target, time)
      : multilineFallback(event, target, time)
  }
  if (command === 'TAGMSG' && !hasCap(caps, CAP.messageTags)) return []
  const params = command === 'TAGMSG' ? [target] : [target, lines[0]?.text ?? '']
  return [lineBy(user, command, params, time, { msgid, clientTags })]
}

/** https://ircv3.net/specs/extensions/multiline */
function multilineBatch(event: Said, target: string, time: string): Line[] {
  const { by: user, command, msgid, clientTags } = event
  const batch = msgid
  return [
    lineBy(user, 'BATCH', [`+${batch}`, 'draft/multiline', target], time, { msgid, clientTags }),
    ...event.lines.map(({ text, concat }) =>
      lineBy(user, command, [target, text], time, { batch, concat }),
    ),
    lineBy(user, 'BATCH', [`-${batch}`], time),
  ]
}

/**
 * "Servers MUST NOT send blank lines to clients that have not negotiated the multiline capability." and
 * "MUST only include a message ID on the first message"; what clients say of the message, they say of
 * each of its lines.
 */
function multilineFallback(event: Said, target: string, time: string): Line[] {
  const { by: user, command, msgid, clientTags } = event
  return event.lines
    .filter((line) => line.text !== '')
    .map((line, i) =>
      lineBy(
        user,
        command,
        [target, line.text],
        time,
        i === 0 ? { msgid, clientTags } : { clientTags },
      ),
    )
}

/** The target as those see it who receive the message. */
export function targetName({ target }: Pick<Said, 'target'>): string {
  switch (target.kind) {
    case 'channel':
      return target.channel.name
    case 'ranks':
      return `${target.prefix}${target.channel.name}`
    case 'user':
      return target.user.nick
    default:
      return target satisfies never
  }
}
