import { foldCase } from '../../protocol/casemap.ts'
import { OPERATOR, RANK, RANKS, type ModeChange, type Ranks } from '../../protocol/modes.ts'
import { accountNamed, usersOf } from '../../state/account-book.ts'
import type { Channel } from '../../state/channel.ts'
import { outranks } from '../../state/channel-access.ts'
import type { Access } from '../../state/room-registration.ts'
import { accountKeyOf, type User } from '../../state/user.ts'
import { event, type Effect } from '../effect.ts'
import {
  accountName,
  isRefusal,
  NOT_ALLOWED,
  OWNER,
  rankName,
  registeredRoom,
  standingIn,
  type RegisteredRoom,
} from './chanserv-room.ts'
import type { ServiceContext, Verb, Words } from './service.ts'
import { tell, tellText } from './tell.ts'

export const accessVerb: Verb = {
  syntax: 'ACCESS <room> [ADD <account> <rank> | DEL <account>]',
  summary: {
    en: 'Lists which accounts have which rank in a room, or changes it.',
    ko: '방에서 어느 계정이 어떤 지위를 갖는지 보여 주거나 바꿉니다.',
  },
  details: {
    en: 'Ranks: q founder, a admin, o operator, h half-operator, v voice. They have it whenever they come in, and come in past +i; from h on past bans, keys and limits, too. You can give what is below your own.',
    ko: '지위: q 개설자, a 관리자, o 운영자, h 부운영자, v 발언권. 방에 들어올 때마다 그 지위를 받고 +i 방에도 들어올 수 있습니다. h부터는 차단, 열쇠, 인원 제한도 적용되지 않습니다. 자신보다 낮은 지위만 줄 수 있습니다.',
  },
  korean: '권한',
  minWords: 1,
  run: access,
}

export const flagsVerb: Verb = {
  syntax: 'FLAGS <room> [<account> <+ranks-ranks>]',
  summary: {
    en: 'The same as ACCESS, as other services write it: FLAGS #room somebody +o-v.',
    ko: 'ACCESS와 같고 다른 서비스의 표기를 따릅니다: FLAGS #방 계정 +o-v',
  },
  minWords: 1,
  run: flags,
}

function* access(context: ServiceContext): Iterable<Effect> {
  const [name = '', action = 'LIST', account = '', word = ''] = context.words
  const room = registeredRoom(context, name)
  if (isRefusal(room)) return yield* tell(context, room)
  switch (action.toUpperCase()) {
    case 'LIST':
      return yield* list(context, room)
    case 'ADD': {
      const ranks = rankNamed(word)
      if (account === '' || ranks === undefined) return yield* tell(context, WHICH_RANK)
      return yield* change(context, room, { name: account, ranks })
    }
    case 'DEL':
      if (account === '') break
      return yield* change(context, room, { name: account, ranks: 0 })
    default:
  }
  yield* tellText(context, accessVerb.syntax)
}

function* flags(context: ServiceContext): Iterable<Effect> {
  const { words } = context
  const [name = '', account, changes = ''] = words
  const room = registeredRoom(context, name)
  if (isRefusal(room)) return yield* tell(context, room)
  if (account === undefined) return yield* list(context, room)
  const before = room.registration.access.get(foldCase(account))?.ranks ?? 0
  const ranks = flagged(before, changes)
  if (ranks === undefined) return yield* tell(context, WHICH_RANK)
  yield* change(context, room, { name: account, ranks })
}

const WHICH_RANK: Words = {
  en: 'Ranks are q, a, o, h and v: ACCESS #room ADD somebody o, or FLAGS #room somebody +o',
  ko: '지위는 q, a, o, h, v 가운데 하나입니다: ACCESS #방 ADD 계정 o 또는 FLAGS #방 계정 +o',
}

function rankNamed(word: string): Ranks | undefined {
  const asked = word.toLowerCase()
  const row = RANKS.find(({ mode, name }) => mode === asked || name === asked)
  if (row !== undefined) return RANK[row.mode]
  return ALSO[asked]
}

const ALSO: Readonly<Record<string, Ranks>> = { op: RANK.o, halfop: RANK.h }

/** Undefined for what is no change of ranks. `-*` takes all. */
function flagged(before: Ranks, changes: string): Ranks | undefined {
  if (!/^(?:[+-][qaohv*]+)+$/.test(changes)) return undefined
  let ranks = before
  let sign = '+'
  for (const letter of changes) {
    if (letter === '+' || letter === '-') sign = letter
    else if (letter === '*') ranks = sign === '-' ? 0 : ranks
    else {
      const bit = rankNamed(letter) ?? 0
      ranks = sign === '+' ? ranks | bit : ranks & ~bit
    }
  }
  return ranks
}

/** What is in there says who leads the room: its members see that anyway, and others need not. */
function* list(context: ServiceContext, room: RegisteredRoom): Iterable<Effect> {
  const { network, user } = context
  if (!room.members.has(user) && standingIn(context, room, 1).ranks === 0) {
    return yield* tell(context, NOT_ALLOWED)
  }
  yield* tellText(context, `${room.name}: ${accountName(network, room.founderAccount)} founder`)
  const entries = [...room.registration.access.values()].sort((a, b) => b.ranks - a.ranks)
  for (const { account, ranks, givenBy, givenAtMs } of entries) {
    const since = new Date(givenAtMs).toISOString().slice(0, 10)
    yield* tellText(context, `  ${account} ${rankName(ranks)}, ${givenBy}, ${since}`)
  }
}

interface Wish {
  readonly name: string
  /** 0: none any more. */
  readonly ranks: Ranks
}

function* change(context: ServiceContext, room: RegisteredRoom, wish: Wish): Iterable<Effect> {
  const { network } = context
  const { registration, founderAccount } = room
  const account = accountNamed(network, wish.name)
  const key = account?.key ?? foldCase(wish.name)
  const before = registration.access.get(key)
  if (account === undefined && before === undefined) {
    return yield* tell(context, {
      en: `There is no account ${wish.name}.`,
      ko: `${wish.name}: 그런 계정이 없습니다.`,
    })
  }
  const standing = standingIn(context, room, OPERATOR)
  const change = { key, before: before?.ranks ?? 0, after: wish.ranks }
  if (!mayChange(context, room, change, standing.ranks)) return yield* tell(context, NOT_ALLOWED)
  const name = account?.name ?? wish.name
  const access = accessWith(context, registration.access, { ...change, name })
  if (access === undefined) return yield* tell(context, LIST_IS_FULL)
  if (standing.override !== undefined) yield standing.override
  const changed = { ...registration, access }
  yield event({ kind: 'registrationChanged', channel: room, founderAccount, registration: changed })
  yield* rankChanges(room, usersOf(network, key), change)
  yield* tellText(context, `${room.name}: ${name} ${rankName(wish.ranks)}`)
}

interface AccessChange {
  /** Of the account. */
  readonly key: string
  readonly before: Ranks
  readonly after: Ranks
}

/** Anyone may lay down their own. */
function mayChange(
  { user }: ServiceContext,
  { founderAccount }: RegisteredRoom,
  { key, before, after }: AccessChange,
  own: Ranks,
): boolean {
  if (key === founderAccount) return false
  return (accountKeyOf(user) === key && (after & ~before) === 0) || mayGive(own, before | after)
}

/** Undefined: it is full. */
function accessWith(
  { server, user, nowMs }: ServiceContext,
  access: ReadonlyMap<string, Access>,
  { key, name, after }: AccessChange & { readonly name: string },
): ReadonlyMap<string, Access> | undefined {
  const next = new Map(access)
  next.delete(key)
  if (after === 0) return next
  if (next.size >= server.limits.chat.accessEntries) return undefined
  return next.set(key, { account: name, ranks: after, givenBy: user.nick, givenAtMs: nowMs })
}

/** What is below oneself; the room's owner gives everything. */
function mayGive(own: Ranks, ranks: Ranks): boolean {
  return own === OWNER || (own >= OPERATOR && outranks(own, ranks))
}

const LIST_IS_FULL: Words = {
  en: 'The list is full: take somebody else off it first.',
  ko: '목록이 가득 찼습니다. 먼저 다른 계정을 빼 주세요.',
}

/** Those of them who are in the room have at once what they will have from now on. */
export function* rankChanges(
  channel: Channel,
  users: Iterable<User>,
  { before, after }: { readonly before: Ranks; readonly after: Ranks },
): Iterable<Effect> {
  for (const user of users) {
    const held = channel.members.get(user)?.ranks
    if (held === undefined) continue
    const changes = RANKS.flatMap(({ mode }): ModeChange[] => {
      const bit = RANK[mode]
      if ((after & bit & ~held) !== 0) return [{ sign: '+', mode, argument: user.nick }]
      const isTaken = (before & ~after & bit & held) !== 0
      return isTaken ? [{ sign: '-', mode, argument: user.nick }] : []
    })
    if (changes.length > 0) yield event({ kind: 'channelModesChanged', channel, changes })
  }
}
