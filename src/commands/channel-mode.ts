import { invalidModeParam, unknownMode } from '../protocol/errors.ts'
import { parseModeLine, type ModeRequest } from '../protocol/mode-line.ts'
import {
  CHANNEL_MODES,
  formatModeChanges,
  HALFOP,
  type ListMode,
  type ModeChange,
} from '../protocol/modes.ts'
import type { Numeric } from '../protocol/numeric.ts'
import {
  banExceptionList,
  banList,
  channelModeIs,
  creationTime,
  endOfBanExceptionList,
  endOfBanList,
  endOfInviteExceptionList,
  inviteExceptionList,
} from '../protocol/replies.ts'
import { fail } from '../protocol/standard-replies.ts'
import type { Channel } from '../state/channel.ts'
import { authorityOver } from '../state/channel-access.ts'
import { mayAs, type User } from '../state/user.ts'
import { auditOverride, lacksRank } from './channel-lookup.ts'
import type { UserContext } from './command.ts'
import { event, numeric, standard, type Effect } from './effect.ts'
import { fitsLine } from './line-fit.ts'
import { changesOf, openDraft, type Draft } from './mode-draft.ts'
import { takeChange, type Change } from './mode-rules.ts'

/** 324 and 329. "Servers MAY choose to hide sensitive information such as channel keys" */
export function* showModes({ user }: UserContext, channel: Channel): Iterable<Effect> {
  const { key, memberLimit, forward } = channel
  const maySeeKey = channel.members.has(user) || mayAs(user, 'override')
  const settings: (readonly [mode: string, value: string | undefined])[] = [
    ['f', forward],
    ['k', key === undefined || maySeeKey ? key : '*'],
    ['l', memberLimit?.toString()],
  ]
  const changes: ModeChange[] = Array.from(channel.flags, (mode) => ({ sign: '+', mode }))
  for (const [mode, argument] of settings) {
    if (argument !== undefined) changes.push({ sign: '+', mode, argument })
  }
  const shown = changes.length === 0 ? ['+'] : formatModeChanges(changes)
  yield numeric(channelModeIs(channel.name, shown))
  yield numeric(creationTime(channel.name, Math.floor(channel.createdAtMs / 1000)))
}

/**
 * Makes what can be made of a MODE line, announces what has really changed, shows the lists that were
 * asked for, and says what was refused, each thing once.
 */
export function* changeModes(
  context: UserContext,
  channel: Channel,
  { letters, args }: { readonly letters: string; readonly args: readonly string[] },
): Iterable<Effect> {
  const requests = parseModeLine(letters, args)
  const { changes, tooMany } = limited(context, requests.filter(isChange))
  const draft = openDraft(channel)
  const { refusals, byOverride } = take(context, draft, changes)
  if (byOverride) yield auditOverride(context, channel, 'MODE')
  for (const line of announcements(context.user, channel, changesOf(draft))) {
    yield event({ kind: 'channelModesChanged', channel, by: context.user, changes: line })
  }
  yield* answer(context, channel, requests)
  for (const each of refusals) yield numeric(each)
  if (tooMany === 0) return
  const { modesPerCommand } = context.server.limits.chat
  const text = `Only ${modesPerCommand} changes with an argument are made at a time: ${tooMany} were not made`
  yield standard(fail('MODE', 'TOO_MANY_CHANGES', [channel.name], text))
}

function isChange(request: ModeRequest): request is Change {
  return request.kind === 'change'
}

/** The first of those with an argument, as many as are allowed, and all without. */
function limited(
  { server }: UserContext,
  changes: readonly Change[],
): { readonly changes: readonly Change[]; readonly tooMany: number } {
  let withArgument = 0
  const kept = changes.filter(
    ({ argument }) =>
      argument === undefined || ++withArgument <= server.limits.chat.modesPerCommand,
  )
  return { changes: kept, tooMany: changes.length - kept.length }
}

function take(
  context: UserContext,
  draft: Draft,
  changes: readonly Change[],
): { readonly refusals: Iterable<Numeric>; readonly byOverride: boolean } {
  const refusals = new Map<string, Numeric>()
  let byOverride = false
  for (const change of changes) {
    const verdict = takeChange(context, draft, change)
    if (typeof verdict !== 'string') refusals.set(verdict.code + verdict.params.join(' '), verdict)
    else if (verdict === 'override') byOverride = true
  }
  return { refusals: refusals.values(), byOverride }
}

/** In as few MODE lines as the changes fit in. */
function announcements(
  by: User,
  { name }: Channel,
  changes: readonly ModeChange[],
): (readonly ModeChange[])[] {
  const lines: ModeChange[][] = []
  for (const change of changes) {
    const line = lines.at(-1)
    const longer = [...(line ?? []), change]
    if (line !== undefined && fitsLine(by, 'MODE', [name, ...formatModeChanges(longer)])) {
      line.push(change)
    } else lines.push([change])
  }
  return lines
}

function* answer(
  context: UserContext,
  channel: Channel,
  requests: readonly ModeRequest[],
): Iterable<Effect> {
  const asked = new Map<ModeRequest['kind'], Set<string>>()
  for (const request of requests) {
    if (request.kind === 'change') continue
    asked.set(request.kind, (asked.get(request.kind) ?? new Set()).add(request.mode))
  }
  for (const mode of asked.get('query') ?? []) yield* showList(context, channel, mode as ListMode)
  for (const mode of asked.get('incomplete') ?? [])
    yield numeric(incomplete(context, channel, mode))
  const unknown = [...(asked.get('unknown') ?? [])].join('')
  if (unknown !== '') yield numeric(unknownMode(unknown))
}

function incomplete({ user }: UserContext, channel: Channel, mode: string): Numeric {
  const least = CHANNEL_MODES.get(mode)?.least ?? HALFOP
  if (authorityOver(channel, user, least) === undefined) return lacksRank(channel, user)
  return invalidModeParam(channel.name, mode, '*', 'A parameter is needed')
}

interface ListReplies {
  readonly entry: typeof banList
  readonly end: typeof endOfBanList
}

const LISTS: Readonly<Record<ListMode, ListReplies>> = {
  b: { entry: banList, end: endOfBanList },
  e: { entry: banExceptionList, end: endOfBanExceptionList },
  I: { entry: inviteExceptionList, end: endOfInviteExceptionList },
}

/** Whoever sees the channel may know who is banned; who is exempt is for those who keep its order. */
function* showList({ user }: UserContext, channel: Channel, mode: ListMode): Iterable<Effect> {
  if (mode !== 'b' && authorityOver(channel, user, HALFOP) === undefined) {
    return yield numeric(lacksRank(channel, user))
  }
  const { entry, end } = LISTS[mode]
  for (const { mask, setBy, setAtMs } of channel.lists[mode]) {
    const seconds = Math.floor(setAtMs / 1000)
    yield numeric(entry(channel.name, { mask, setBy, seconds }))
  }
  yield numeric(end(channel.name))
}
