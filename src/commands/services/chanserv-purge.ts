import { foldCase } from '../../protocol/casemap.ts'
import { channelName } from '../../protocol/names.ts'
import { utf8Length } from '../../protocol/utf8.ts'
import type { Channel } from '../../state/channel.ts'
import { event, type Effect } from '../effect.ts'
import { audit } from '../operator-action.ts'
import type { ServiceContext, Verb } from './service.ts'
import { tell, tellText } from './tell.ts'

export const purgeVerb: Verb = {
  syntax: 'PURGE <room> <reason> | PURGE LIST',
  summary: {
    en: 'Closes a room: all are put out, and nobody can make it again. For operators of the server.',
    ko: '방을 폐쇄합니다. 모두 내보내고 다시 만들 수 없게 합니다. 서버 운영자 전용입니다.',
  },
  korean: '폐쇄',
  minWords: 1,
  privilege: 'ban',
  run: purge,
}

export const unpurgeVerb: Verb = {
  syntax: 'UNPURGE <room>',
  summary: {
    en: 'Lets a room that was closed be made again. For operators of the server.',
    ko: '폐쇄한 방을 다시 만들 수 있게 합니다. 서버 운영자 전용입니다.',
  },
  minWords: 1,
  privilege: 'ban',
  run: unpurge,
}

function* purge(context: ServiceContext): Iterable<Effect> {
  const { network, server, user, nowMs, words } = context
  const [raw = '', ...rest] = words
  if (raw.toUpperCase() === 'LIST') return yield* listClosures(context)
  const reason = rest.join(' ')
  const { ok: name } = channelName(raw, server.limits.chat.channelLength)
  if (name === undefined || reason === '' || utf8Length(reason) > MOST_REASON_BYTES) {
    return yield* tellText(context, purgeVerb.syntax)
  }
  const by = user.operator?.name ?? user.nick
  yield audit('purge', user, { channel: name, reason })
  yield event({ kind: 'closureAdded', closure: { name, reason, by, atMs: nowMs } })
  const channel = network.channels.get(foldCase(name))
  if (channel !== undefined) yield* empty(channel, `Closed: ${reason}`)
  yield* tell(context, { en: `${name} is closed.`, ko: `${name} 방을 폐쇄했습니다.` })
}

const MOST_REASON_BYTES = 200

/** With nothing that makes it stay, it ends with its last member. */
function* empty(channel: Channel, reason: string): Iterable<Effect> {
  const users = [...channel.members.keys()]
  if (channel.rest !== undefined) yield event({ kind: 'restEnded', channel })
  if (channel.registration !== undefined) yield event({ kind: 'registrationChanged', channel })
  for (const user of users) yield event({ kind: 'kicked', user, channel, reason })
}

function* unpurge(context: ServiceContext): Iterable<Effect> {
  const { network, user, words } = context
  const [name = ''] = words
  const closure = network.closures.get(foldCase(name))
  if (closure === undefined) {
    return yield* tell(context, {
      en: `${name} is not closed.`,
      ko: `${name} 방은 폐쇄되지 않았습니다.`,
    })
  }
  yield audit('unpurge', user, { channel: closure.name })
  yield event({ kind: 'closureRemoved', closure })
  yield* tell(context, {
    en: `${name} may be made again.`,
    ko: `${name} 방을 다시 만들 수 있습니다.`,
  })
}

function* listClosures(context: ServiceContext): Iterable<Effect> {
  const closures = [...context.network.closures.values()]
  for (const { name, by, atMs, reason } of closures.slice(-MOST_LISTED)) {
    yield* tellText(
      context,
      `  ${name} ${by} ${new Date(atMs).toISOString().slice(0, 10)} ${reason}`,
    )
  }
  yield* tell(context, {
    en: `${closures.length} rooms are closed.`,
    ko: `폐쇄된 방: ${closures.length}개`,
  })
}

const MOST_LISTED = 100
