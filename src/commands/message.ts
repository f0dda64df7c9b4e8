/** What people say: PRIVMSG, NOTICE, TAGMSG. Several lines as one: `batch.ts`. */
import { foldCase } from '../protocol/casemap.ts'
import {
  cannotSendToChannel,
  inputTooLong,
  needAccountToSpeak,
  noRecipient,
  noSuchChannel,
  noSuchNick,
  noTextToSend,
  tooManyTargets,
} from '../protocol/errors.ts'
import { MESSAGE_BYTES } from '../protocol/limits.ts'
import { matchMask } from '../protocol/mask.ts'
import type { Message } from '../protocol/message.ts'
import { rankOfPrefix } from '../protocol/modes.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { away } from '../protocol/replies.ts'
import { fail, warn } from '../protocol/standard-replies.ts'
import { formatTags, isClientOnlyTag, type Tags } from '../protocol/tags.ts'
import { utf8Length } from '../protocol/utf8.ts'
import { speechRefusal } from '../state/channel-access.ts'
import { conversationOf, createConversation } from '../state/conversation.ts'
import type { Said, Target } from '../state/message-event.ts'
import { isKept } from '../state/kept.ts'
import { hasUserMode, type User } from '../state/user.ts'
import { clientMsgidOf, sayOnce } from './client-msgid.ts'
import { acceptance } from './accepts.ts'
import type { CommandGroup, ServerInfo, UserContext } from './command.ts'
import { event, numeric, standard, type Effect } from './effect.ts'
import { mutedRefusal } from './muted.ts'
import { askPlayback, isPlaybackModule } from './znc.ts'
import { serve } from './services/serve.ts'
import type { Service } from './services/service.ts'
import { serviceNamed } from './services/services.ts'

export const messageCommands: CommandGroup = {
  PRIVMSG: {
    when: 'registered',
    minParams: 0,
    cost: 1,
    syntax: 'PRIVMSG <target>[,<target>…] :<text>',
    summary: 'Says something in a room, to its operators (@#room), or to a person.',
    spec: 'https://modern.ircdocs.horse/#privmsg-message',
    run: (context) => say(context, 'PRIVMSG'),
  },
  NOTICE: {
    when: 'registered',
    minParams: 0,
    cost: 1,
    syntax: 'NOTICE <target>[,<target>…] :<text>',
    summary: 'The same, and nothing may answer it by itself.',
    spec: 'https://modern.ircdocs.horse/#notice-message',
    run: (context) => say(context, 'NOTICE'),
  },
  TAGMSG: {
    when: 'registered',
    minParams: 1,
    cost: 0.5,
    syntax: '@<client-only tags> TAGMSG <target>[,<target>…]',
    summary: 'A message of tags alone: a reaction, or that somebody is typing.',
    spec: 'https://ircv3.net/specs/extensions/message-tags#the-tagmsg-tag-only-message',
    run: (context) => say(context, 'TAGMSG'),
  },
}

type Speech = Pick<Said, 'command' | 'lines' | 'multiline' | 'clientTags' | 'clientMsgid'>

function say(context: UserContext, command: Said['command']): Iterable<Effect> {
  const { message, params, server } = context
  const [targets = '', text = ''] = params
  if (targets === '') return refuse(context, noRecipient(command))
  if (command !== 'TAGMSG' && text === '') return refuse(context, noTextToSend())
  const clientTags = relayedTags(message.tags, server)
  if (command === 'TAGMSG' && clientTags === '') return []
  const lines = command === 'TAGMSG' ? [] : [{ text, concat: false }]
  const speech = { command, lines, multiline: false, clientTags }
  return sayNamed(context, targets, speech, clientMsgidOf(context))
}

/** The same, once, whoever sends it again under the same name. */
export function sayNamed(
  context: UserContext,
  target: string,
  content: Speech,
  id: string | undefined,
): Iterable<Effect> {
  if (id === undefined) return sayTo(context, target, content)
  return sayOnce(context, {
    id,
    target,
    content,
    say: (clientMsgid) => sayTo(context, target, { ...content, clientMsgid }),
    again: (msgid) => {
      const found = findTarget(context, target)
      if ('code' in found) return undefined
      return saidOf(context, found, { ...content, clientMsgid: { id, digest: '' } }, msgid)
    },
  })
}

/** Says it to each of the targets, which are separated by commas; to none of them if they are too many. */
export function sayTo(context: UserContext, targets: string, speech: Speech): Iterable<Effect> {
  return targets.includes(',')
    ? sayToSeveral(context, targets, speech)
    : sayToOne(context, targets, speech)
}

function* sayToSeveral(context: UserContext, targets: string, speech: Speech): Iterable<Effect> {
  // Each once, in whichever case.
  const names = new Map(
    targets
      .split(',')
      .filter(Boolean)
      .map((name) => [foldCase(name), name]),
  )
  if (names.size > context.server.limits.chat.targetsPerMessage) {
    return yield* refuse(context, tooManyTargets(targets))
  }
  for (const name of names.values()) yield* sayToOne(context, name, speech)
}

function sayToPlayback(context: UserContext, { command, lines }: Speech): readonly Effect[] {
  return command === 'PRIVMSG' ? askPlayback(context, lines[0]?.text ?? '') : []
}

/** To a service, or to the playback module: names that are nobody's. Undefined: it is neither. */
function sayToServer(
  context: UserContext,
  name: string,
  speech: Speech,
): Iterable<Effect> | undefined {
  if (name.startsWith('#')) return undefined
  const service = serviceNamed(name)
  if (service !== undefined) return sayToService(context, service, speech)
  return isPlaybackModule(context, name) ? sayToPlayback(context, speech) : undefined
}

function sayToOne(context: UserContext, name: string, speech: Speech): Iterable<Effect> {
  const atServer = sayToServer(context, name, speech)
  if (atServer !== undefined) return atServer
  const target = findTarget(context, name)
  if ('code' in target) return refuse(context, target)
  if (target.kind === 'user') {
    const muted = mutedRefusal(context, [target.user.nick])
    if (muted !== undefined) return refuseBy(context, muted)
  }
  const refusal = refusalOf(context, target, speech)
  if (refusal === 'silenced') return []
  if (refusal !== undefined) return refuse(context, refusal)
  if (context.process.isLogFull()) return refuseBy(context, notKept(context, name))
  const { command } = speech
  const said = saidOf(context, target, speech, context.newMsgid())
  // "RPL_AWAY is sent to a user who sends a PRIVMSG to someone away"
  if (target.kind !== 'user') return [event(said)]
  const { user: to } = target
  if (command !== 'PRIVMSG') return [...begin(context, said, to), event(said)]
  const awayReply = to.away === undefined ? [] : [numeric(away(to.nick, to.away))]
  return [...begin(context, said, to), ...letAnswer(context, to), event(said), ...awayReply]
}

/** No event comes of it: it is kept nowhere, and nobody else gets to know of it. Only questions are answered. */
function sayToService(
  context: UserContext,
  service: Service,
  { command, lines }: Speech,
): Iterable<Effect> {
  if (command !== 'PRIVMSG') return []
  return serve(context, service, lines.map(({ text }) => text).join(' '))
}

function saidOf(
  { user: by, session }: UserContext,
  target: Target,
  { command, lines, multiline, clientTags, clientMsgid }: Speech,
  msgid: string,
): Said {
  const said = { kind: 'said', command, by, session, target, lines, multiline, msgid, clientTags }
  return (clientMsgid === undefined ? said : { ...said, clientMsgid }) as Said
}

/** The first words between two people open the place where they are kept. */
function begin({ user, network }: UserContext, said: Said, to: User): readonly Effect[] {
  if (!isKept(said) || conversationOf(network, user.person, to.person) !== undefined) return []
  const conversation = createConversation(network.nextBuffer, user, to)
  return [event({ kind: 'conversationBegan', conversation })]
}

function notKept({ message }: UserContext, target: string): Effect {
  const text = 'Not sent: the server cannot keep messages at the moment'
  return standard(fail(message.command, 'TEMPORARILY_UNAVAILABLE', [target], text))
}

/** Whoever wants no messages of strangers and writes to one wants the answer. */
function letAnswer({ user, server, network }: UserContext, to: User): readonly Effect[] {
  const needsNone = to === user || to.account !== undefined || to.operator !== undefined
  if (needsNone || !hasUserMode(user, 'R') || user.accepts?.has(to.person)) return []
  const most = server.limits.chat.acceptEntries
  const accepted = acceptance(network, user, { one: to, most })
  if (accepted !== undefined) return [accepted]
  const text = 'They cannot answer you: you have +R, and your ACCEPT list is full'
  return [standard(warn('PRIVMSG', 'ACCEPT_LIST_FULL', [to.nick], text))]
}

function findTarget({ network }: UserContext, name: string): Target | Numeric {
  const least = rankOfPrefix(name.charAt(0))
  if (least !== undefined && name.charAt(1) === '#') {
    const channel = network.channels.get(foldCase(name.slice(1)))
    if (channel === undefined) return noSuchChannel(name.slice(1))
    return { kind: 'ranks', channel, prefix: name.charAt(0), least }
  }
  if (name.startsWith('#')) {
    const channel = network.channels.get(foldCase(name))
    return channel === undefined ? noSuchChannel(name) : { kind: 'channel', channel }
  }
  const user = network.users.get(foldCase(name))
  return user === undefined ? noSuchNick(name) : { kind: 'user', user }
}

/** Why it can't be said. `silenced`: the receiver doesn't want to hear it, and the sender isn't to know. */
function refusalOf(
  { user }: UserContext,
  target: Target,
  speech: Speech,
): Numeric | 'silenced' | undefined {
  if (isTooLong(user, target, speech)) return inputTooLong()
  if (target.kind === 'user') return personalRefusal(target.user, user)
  const { name } = target.channel
  const why = speechRefusal(target.channel, user, speech)
  return why === undefined ? undefined : cannotSendToChannel(name, why)
}

function personalRefusal(to: User, by: User): Numeric | 'silenced' | undefined {
  if (to === by || by.operator !== undefined) return undefined
  if (to.silence?.some((mask) => matchMask(mask, by.source))) return 'silenced'
  if (!hasUserMode(to, 'R') || by.account !== undefined) return undefined
  return to.accepts?.has(by.person) ? undefined : needAccountToSpeak(to.nick)
}

/** As others get it, with the source in front, it must fit in a line: nothing is cut off to make it fit. */
function isTooLong(user: User, target: Target, { command, lines }: Speech): boolean {
  const name = writtenTarget(target)
  const frame = user.source.length + command.length + name.length + FRAME_BYTES
  for (const { text } of lines) {
    if (3 * (frame + text.length) <= MESSAGE_BYTES) continue
    if (frameBytes(user.source, command, name) + utf8Length(text) > MESSAGE_BYTES) return true
  }
  return false
}

/** `:`, three spaces, `:` and the line end. */
const FRAME_BYTES = 7

function writtenTarget(target: Target): string {
  if (target.kind === 'user') return target.user.nick
  return target.kind === 'ranks' ? target.prefix + target.channel.name : target.channel.name
}

function frameBytes(...words: readonly string[]): number {
  return FRAME_BYTES + words.reduce((bytes, word) => bytes + utf8Length(word), 0)
}

/** The client-only tags that are passed on, formatted. https://ircv3.net/specs/extensions/message-tags */
export function relayedTags(tags: Tags | undefined, { clientTagDeny }: ServerInfo): string {
  if (tags === undefined) return ''
  const relayed: [string, string][] = []
  for (const [key, value] of tags) {
    if (isClientOnlyTag(key) && !isDenied(key.slice(1), clientTagDeny)) relayed.push([key, value])
  }
  return relayed.length === 0 ? '' : formatTags(relayed)
}

function isDenied(name: string, denied: readonly string[]): boolean {
  if (denied.includes('*')) return !denied.includes(`-${name}`)
  return denied.includes(name)
}

function refuse({ message }: { readonly message: Message }, error: Numeric): readonly Effect[] {
  return refuseBy({ message }, numeric(error))
}

/** "automatic replies must never be sent in response to a NOTICE" */
function refuseBy({ message }: { readonly message: Message }, answer: Effect): readonly Effect[] {
  return message.command === 'NOTICE' ? [] : [answer]
}
