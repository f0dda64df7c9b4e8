/** REDACT: what was said is taken away again. https://ircv3.net/specs/extensions/message-redaction */
import { foldCase } from '../protocol/casemap.ts'
import { inputTooLong, unknownCommand } from '../protocol/errors.ts'
import { OPERATOR, rankOfPrefix, rankPrefix } from '../protocol/modes.ts'
import { fail, warn } from '../protocol/standard-replies.ts'
import { utf8Length } from '../protocol/utf8.ts'
import { ranksOf } from '../state/channel.ts'
import { authorityOver, speechRefusal, type Authority } from '../state/channel-access.ts'
import type { Redacted } from '../state/message-event.ts'
import { muteOf } from '../state/mute.ts'
import { FLAG, type StoredEvent } from '../state/record.ts'
import { mayAs } from '../state/user.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { event, numeric, standard, wait, type Effect } from './effect.ts'
import { bufferOf, isStillSeen, placeNamed, type Place } from './history-place.ts'
import { fitsLine } from './line-fit.ts'
import { audit } from './operator-action.ts'

export const redactCommands: CommandGroup = {
  REDACT: {
    when: 'registered',
    minParams: 2,
    cost: 2,
    syntax: 'REDACT <target> <msgid> [:<reason>]',
    summary: "Deletes what you said, or as a room's operator what anybody said there.",
    spec: 'https://ircv3.net/specs/extensions/message-redaction',
    run: redact,
  },
}

interface Request {
  readonly target: string
  readonly msgid: string
  readonly reason: string
  readonly place: Place
}

function* redact(context: UserContext): Iterable<Effect> {
  const { params, server, process } = context
  const [target = '', msgid = '', reason = ''] = params
  if (server.history === 'off') return yield numeric(unknownCommand('REDACT'))
  const place = placeOf(context, target)
  const buffer = place === undefined ? undefined : bufferOf(place)
  if (place === undefined) return yield invalidTarget(target)
  if (buffer === undefined) return yield unknownMsgid(target, msgid)
  if (process.isLogFull()) return yield notNow(target, msgid)
  const request = { target, msgid, reason, place }
  yield wait(async ({ history }) => {
    try {
      return decide(context, request, await history.find(buffer, msgid))
    } catch {
      return [notNow(target, msgid)]
    }
  })
}

/** A room that they aren't in is open to operators of the server who may act in any; a STATUSMSG's as well. */
function placeOf(context: UserContext, target: string): Place | undefined {
  const { network, user } = context
  const isRanked = rankOfPrefix(target.charAt(0)) !== undefined && target.charAt(1) === '#'
  const name = isRanked ? target.slice(1) : target
  const place = placeNamed(context, name)
  if (place !== undefined || !name.startsWith('#') || !mayAs(user, 'override')) return place
  const channel = network.channels.get(foldCase(name.normalize('NFC')))
  return channel === undefined ? undefined : { kind: 'room', name: channel.name, channel }
}

function* decide(
  context: UserContext,
  request: Request,
  stored: StoredEvent | undefined,
): Iterable<Effect> {
  const { target, msgid, place } = request
  if (!isInReach(context, place)) return yield invalidTarget(target)
  if (stored === undefined || !isRedactable(stored)) return yield unknownMsgid(target, msgid)
  const authority = authorityOn(context, place, stored)
  if (authority === 'unseen') return yield unknownMsgid(target, msgid)
  if (authority === undefined) return yield forbidden(target, msgid)
  if (authority === 'own' && isTooLate(context, stored)) {
    return yield tooLate(context, target, msgid)
  }
  yield* carryOut(context, request, { stored, authority })
}

/** Still, now that the log has answered. */
function isInReach(context: UserContext, place: Place): boolean {
  const { user, network } = context
  if (isStillSeen(context, place)) return true
  const isHere = network.users.get(foldCase(user.nick)) === user
  return isHere && place.kind === 'room' && mayAs(user, 'override')
}

/**
 * By what right; undefined: by none. Whose message it is, the log says: never the nick that somebody has
 * now. `unseen`: whoever may not see it doesn't learn that it is there.
 */
function authorityOn(
  { user }: UserContext,
  place: Place,
  stored: StoredEvent,
): Authority | 'own' | 'unseen' | undefined {
  if (stored.person === user.person) return 'own'
  // In private nobody takes away what another said.
  if (place.kind === 'pair') return undefined
  const authority = authorityOver(place.channel, user, OPERATOR)
  if (authority === 'override' || stored.least <= ranksOf(place.channel, user)) return authority
  return 'unseen'
}

function isRedactable({ command, flags }: StoredEvent): boolean {
  if ((flags & FLAG.redacted) !== 0) return false
  return command === 'PRIVMSG' || command === 'NOTICE' || command === 'TAGMSG'
}

/** Those with power in a room are bound by no window: it may take time until they hear of something. */
function isTooLate({ server, nowMs }: UserContext, { timeMs }: StoredEvent): boolean {
  const { redactMs } = server.limits.chat
  return redactMs > 0 && nowMs - timeMs > redactMs
}

interface Verdict {
  readonly stored: StoredEvent
  readonly authority: Authority | 'own'
}

function* carryOut(
  context: UserContext,
  { target, msgid, place, reason }: Request,
  { stored, authority }: Verdict,
): Iterable<Effect> {
  const { user, server } = context
  const shown = reason !== '' && maySayWhy(context, place) ? reason : ''
  if (shown !== reason) {
    yield standard(warn('REDACT', 'REASON_NOT_SHOWN', [target], 'You may not speak there'))
  }
  const redacted = redactedOf(context, { place, stored, reason: shown })
  const name = place.kind === 'room' ? `~${place.name}` : place.name
  const isTooLong = utf8Length(shown) > server.limits.chat.kickLength
  if (isTooLong || !fitsLine(user, 'REDACT', [name, msgid, shown])) {
    return yield numeric(inputTooLong('The reason is too long: nothing was deleted'))
  }
  if (authority !== 'own') {
    const { source: author } = stored
    yield audit('redact', user, { channel: place.name, msgid, author, authority })
  }
  yield event(redacted)
}

/** A reason is heard by all: it is no way to speak for somebody who may not. */
function maySayWhy({ user }: UserContext, place: Place): boolean {
  if (muteOf(user) !== undefined) return false
  if (place.kind === 'pair' || mayAs(user, 'override')) return true
  return speechRefusal(place.channel, user, { lines: [] }) === undefined
}

function redactedOf(
  { user: by }: UserContext,
  { place, stored, reason }: { place: Place; stored: StoredEvent; reason: string },
): Redacted {
  const { buffer, msgid, least } = stored
  const what = { kind: 'redacted', by, buffer, msgid, reason } as const
  if (place.kind === 'room') {
    const { channel } = place
    const prefix = rankPrefix(least)
    return { ...what, target: { kind: 'room', channel, prefix, least } }
  }
  const people = place.conversation?.people ?? []
  return { ...what, target: { kind: 'pair', people, other: place.name } }
}

function invalidTarget(target: string): Effect {
  const text = `You cannot delete messages from ${target}`
  return standard(fail('REDACT', 'INVALID_TARGET', [target], text))
}

function unknownMsgid(target: string, msgid: string): Effect {
  const text = 'This message does not exist or is too old'
  return standard(fail('REDACT', 'UNKNOWN_MSGID', [target, msgid], text))
}

function forbidden(target: string, msgid: string): Effect {
  const text = 'You are not authorised to delete this message'
  return standard(fail('REDACT', 'REDACT_FORBIDDEN', [target, msgid], text))
}

function tooLate({ server }: UserContext, target: string, msgid: string): Effect {
  const window = String(Math.ceil(server.limits.chat.redactMs / 1000))
  const text = 'You can no longer delete this message'
  return standard(fail('REDACT', 'REDACT_WINDOW_EXPIRED', [target, msgid, window], text))
}

function notNow(target: string, msgid: string): Effect {
  const text = 'Not deleted: the server cannot change what it keeps at the moment'
  return standard(fail('REDACT', 'TEMPORARILY_UNAVAILABLE', [target, msgid], text))
}
