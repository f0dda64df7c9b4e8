import { foldCase } from '../protocol/casemap.ts'
import {
  banListFull,
  channelOperatorNeeded,
  invalidModeParam,
  noSuchNick,
  userNotInChannel,
} from '../protocol/errors.ts'
import { parseExtban, parseListEntry } from '../protocol/extban.ts'
import type { ModeRequest } from '../protocol/mode-line.ts'
import { ADMIN, OPERATOR, type ListMode, type RankMode } from '../protocol/modes.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { utf8Length } from '../protocol/utf8.ts'
import { powerOf, ranksOf, type Channel } from '../state/channel.ts'
import { authorityOver, outranks, type Authority } from '../state/channel-access.ts'
import { mayAs, type User } from '../state/user.ts'
import { channelNamed, lacksRank } from './channel-lookup.ts'
import type { UserContext } from './command.ts'
import { draftEntry, draftRank, draftSetting, type Draft } from './mode-draft.ts'

export type Change = Extract<ModeRequest, { kind: 'change' }>

/** `override`: it goes into the draft by an operator's privilege alone. A numeric: it doesn't. */
export type Verdict = 'made' | 'override' | Numeric

/** Takes a change into the draft, or says why not. Ranks count as they were when the line came. */
export function takeChange(context: UserContext, draft: Draft, change: Change): Verdict {
  const { row, sign, argument = '' } = change
  if (row.kind === 'rank') return takeRank(context, draft, change)
  const { channel } = draft
  const authority = authorityOver(channel, context.user, row.least)
  if (authority === undefined) return lacksRank(channel, context.user)
  if (row.kind === 'list') {
    const entry = { mode: row.mode as ListMode, raw: argument, sign }
    const refusal = takeEntry(context, draft, entry)
    if (refusal !== undefined) return refusal
  } else if (sign === '-') draftSetting(draft, row.mode, undefined)
  else {
    const value = settingFrom(context, channel, change)
    if (typeof value !== 'string') return value
    draftSetting(draft, row.mode, value)
  }
  return authority === 'rank' ? 'made' : 'override'
}

function takeRank(context: UserContext, draft: Draft, change: Change): Verdict {
  const { user: by, network } = context
  const { channel } = draft
  const nick = change.argument ?? ''
  const user = network.users.get(foldCase(nick))
  const authority = authorityOverRank(channel, by, { user, change })
  if (authority === undefined) return lacksRank(channel, by, whyNot(change))
  if (user === undefined) return noSuchNick(nick)
  if (!channel.members.has(user)) return userNotInChannel(user.nick, channel.name)
  // Nobody touches the rank of who is above them.
  const isAbove = outranks(ranksOf(channel, user), powerOf(channel, by))
  if (isAbove && !mayAs(by, 'override')) {
    return lacksRank(channel, by, `${user.nick} has a higher rank than you`)
  }
  draftRank(draft, change.row.mode as RankMode, user, change.sign)
  return authority === 'override' || isAbove ? 'override' : 'made'
}

/** Anyone may lay down their own. */
function authorityOverRank(
  channel: Channel,
  by: User,
  { user, change }: { readonly user: User | undefined; readonly change: Change },
): Authority | undefined {
  if (user === by && change.sign === '-' && channel.members.has(by)) return 'rank'
  return authorityOver(channel, by, change.row.least)
}

function whyNot({ row }: Change): string | undefined {
  return row.least > ADMIN ? 'Only founders may change this' : undefined
}
function takeEntry(
  { server }: UserContext,
  draft: Draft,
  { mode, raw, sign }: { readonly mode: ListMode; readonly raw: string; readonly sign: '+' | '-' },
): Numeric | undefined {
  const { name } = draft.channel
  const mask = parseListEntry(raw)
  if (mask === undefined) return invalidModeParam(name, mode, raw, 'The mask is not well-formed')
  if (mode === 'I' && parseExtban(mask)?.kind === 'mute') {
    return invalidModeParam(name, mode, raw, 'A mute says nothing about who may join')
  }
  const { listEntries } = server.limits.chat
  return draftEntry(draft, { mode, mask, sign }, listEntries) ? undefined : banListFull(name, mode)
}

/** The value that a flag, a key, a limit or a forward is to have, or why it can't. */
function settingFrom(context: UserContext, channel: Channel, change: Change): string | Numeric {
  const { row, argument = '' } = change
  switch (row.mode) {
    case 'k':
      return keyFrom(context, channel, argument)
    case 'l':
      return LIMIT.test(argument)
        ? String(Number(argument))
        : invalidModeParam(channel.name, 'l', argument, 'The limit must be a positive number')
    case 'f':
      return forwardFrom(context, channel, argument)
    default:
      return ''
  }
}

const LIMIT = /^0*[1-9]\d{0,8}$/

/** What JOIN can't give as a key can't be one. The refusal doesn't repeat it: it may be meant to be secret. */
function keyFrom({ server }: UserContext, channel: Channel, key: string): string | Numeric {
  const { keyLength } = server.limits.chat
  if (KEY.test(key) && utf8Length(key) <= keyLength) return key
  const why = `A key has 1 to ${keyLength} bytes, without spaces, commas or a colon at the start`
  return invalidModeParam(channel.name, 'k', '*', why)
}

const KEY = /^(?!:)[^\p{Cc}\p{Z},]+$/u

/** People are sent only to where the one who sends them has a say. */
function forwardFrom(context: UserContext, channel: Channel, name: string): string | Numeric {
  const target = channelNamed(context, name)
  if (target === undefined || target === channel) {
    return invalidModeParam(channel.name, 'f', name, 'There is no such other channel')
  }
  const authority = authorityOver(target, context.user, OPERATOR)
  return authority === undefined ? channelOperatorNeeded(target.name) : target.name
}
