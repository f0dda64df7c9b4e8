/** Whom people don't want to hear, and whom they do: SILENCE, ACCEPT. */
import { foldCase } from '../protocol/casemap.ts'
import {
  acceptExists,
  acceptListFull,
  acceptMissing,
  noSuchNick,
  silenceListFull,
} from '../protocol/errors.ts'
import { parseMask } from '../protocol/mask.ts'
import { acceptList, endOfAccept, endOfSilenceList, silenceList } from '../protocol/replies.ts'
import { fail } from '../protocol/standard-replies.ts'
import { packWords } from '../protocol/text-lines.ts'
import { acceptance, acceptedBy } from './accepts.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { event, numeric, reply, standard, type Effect } from './effect.ts'
import { replyRoom } from './reply-room.ts'

export const silenceCommands: CommandGroup = {
  SILENCE: {
    when: 'registered',
    minParams: 0,
    cost: 1,
    syntax: 'SILENCE [<+mask | -mask>[,…]]',
    summary: 'Keeps private messages of those who fit a mask from you; without a mask, lists them.',
    spec: 'https://modern.ircdocs.horse/#silence-parameter',
    run: silence,
  },
  ACCEPT: {
    when: 'registered',
    minParams: 0,
    cost: 1,
    syntax: 'ACCEPT [<nick | -nick | *>[,…]]',
    summary: 'Lets somebody without an account write to you in spite of +R; * lists them.',
    spec: 'https://docs.inspircd.org/4/modules/callerid/',
    run: accept,
  },
}

function* silence(context: UserContext): Iterable<Effect> {
  const { params, user } = context
  const [masks = ''] = params
  if (masks === '' || foldCase(masks) === foldCase(user.nick)) return yield* listSilenced(context)
  for (const each of masks.split(',').filter(Boolean)) yield* silenceOne(context, each)
}

function* listSilenced({ user }: UserContext): Iterable<Effect> {
  for (const mask of user.silence ?? []) yield numeric(silenceList(mask))
  yield numeric(endOfSilenceList())
}

function* silenceOne({ user, server }: UserContext, text: string): Iterable<Effect> {
  const sign = text.startsWith('-') ? '-' : '+'
  const raw = /^[+-]/.test(text) ? text.slice(1) : text
  const mask = parseMask(raw)
  if (mask?.kind !== 'address') {
    const why = 'This is no nick!user@host mask'
    return yield standard(fail('SILENCE', 'INVALID_MASK', [raw], why))
  }
  const list = user.silence ?? []
  const entry = list.find((each) => foldCase(each) === foldCase(mask.text))
  if ((entry !== undefined) === (sign === '+')) return
  if (sign === '+' && list.length >= server.limits.chat.silenceEntries) {
    return yield numeric(silenceListFull(mask.text))
  }
  const argument = entry ?? mask.text
  yield event({ kind: 'silenceChanged', user, changes: [{ sign, mode: 's', argument }] })
  yield reply('SILENCE', [sign + argument], user.source)
}

function* accept(context: UserContext): Iterable<Effect> {
  const names = (context.params[0] ?? '*').split(',').filter(Boolean)
  for (const name of names) {
    if (name === '*') yield* listAccepted(context)
    else if (name.startsWith('-')) yield* acceptNoMore(context, name.slice(1))
    else yield* acceptOne(context, name)
  }
}

function* listAccepted(context: UserContext): Iterable<Effect> {
  const nicks = acceptedBy(context.network, context.user).map(({ nick }) => nick)
  for (const line of packWords(nicks, replyRoom(context))) {
    yield numeric(acceptList(line.split(' ')))
  }
  yield numeric(endOfAccept())
}

function* acceptNoMore({ user, network }: UserContext, nick: string): Iterable<Effect> {
  const person = network.users.get(foldCase(nick))?.person
  if (person === undefined || !user.accepts?.has(person)) return yield numeric(acceptMissing(nick))
  yield event({ kind: 'acceptChanged', user, added: [], removed: [person] })
}

function* acceptOne({ user, network, server }: UserContext, nick: string): Iterable<Effect> {
  const one = network.users.get(foldCase(nick))
  if (one === undefined) return yield numeric(noSuchNick(nick))
  if (user.accepts?.has(one.person)) return yield numeric(acceptExists(nick))
  const most = server.limits.chat.acceptEntries
  yield acceptance(network, user, { one, most }) ?? numeric(acceptListFull())
}
