/** Intents about rooms and those who are in them. */
import { closeConversation, ensureConversation, findConversation } from './conversations.ts'
import {
  ask,
  askFor,
  foldName,
  isRoom,
  outcomeOf,
  report,
  setConversation,
  store,
  type Core,
} from './core.ts'
import { notSupported } from './identity.ts'
import type { ModerationIntent, RoomIntent } from './intent.ts'
import { catchUp } from './history.ts'
import type { Conversation } from './model.ts'
import { learnPerson } from './people.ts'
import { unwatchPerson, watchPerson } from './person-lines.ts'
import { keepRooms } from './room-lines.ts'
import { say } from './saying.ts'
import { joinRoom } from './welcome.ts'

type Ref = string | undefined

export function takeRoomIntent(core: Core, intent: RoomIntent, ref: Ref): void {
  switch (intent.kind) {
    case 'join':
      return join(core, intent, ref)
    case 'open':
      return open(core, intent.nick, ref)
    case 'knock':
      return askFor(core, ref, { command: 'KNOCK', params: [intent.name, ...given(intent.text)] })
    default: {
      const conversation = core.view.conversations.get(intent.conversation)
      if (conversation === undefined) return notFound(core, intent.conversation, ref)
      return takeKnownRoom(core, { intent, conversation, ref })
    }
  }
}

interface Known<I> {
  readonly intent: I
  readonly conversation: Conversation
  readonly ref: Ref
}

type KnownRoomIntent = Extract<RoomIntent, { conversation: string }>

function takeKnownRoom(core: Core, { intent, conversation, ref }: Known<KnownRoomIntent>): void {
  const { id, name, standing } = conversation
  switch (intent.kind) {
    case 'part':
      core.wish.rooms.delete(id)
      keepRooms(core)
      if (standing !== 'joined') {
        setConversation(core, id, { standing: 'left' })
        return report(core, ref, { kind: 'done', conversation: id })
      }
      return askFor(core, ref, { command: 'PART', params: [name, ...given(intent.reason)] })
    case 'close':
      return close(core, conversation, ref)
    case 'invite':
      return askFor(core, ref, { command: 'INVITE', params: [intent.nick, name] })
    case 'renameRoom':
      if (!core.view.parts.server.can.renameRooms) return notSupported(core, ref)
      return askFor(core, ref, {
        command: 'RENAME',
        params: [name, intent.name, ...given(intent.reason)],
      })
    case 'setNotify':
      setConversation(core, id, { notify: intent.notify })
      store(core, `notify:${id}`, intent.notify === 'all' ? undefined : intent.notify)
      return report(core, ref, { kind: 'done', conversation: id })
    default:
      return intent satisfies never
  }
}

function join(core: Core, { name, key }: Extract<RoomIntent, { kind: 'join' }>, ref: Ref): void {
  const full = isRoom(core, name) ? name : `${core.view.parts.server.roomPrefixes.charAt(0)}${name}`
  // Nothing is left behind for a name that no room can have.
  const conversation = BAD_NAME.test(full) ? undefined : ensureConversation(core, full)
  if (conversation === undefined) return notFound(core, full, ref)
  const { id, standing } = conversation
  const room = { name: full, ...(key === undefined ? {} : { key }) }
  core.wish.rooms.set(id, room)
  if (standing === 'joined') return report(core, ref, { kind: 'done', conversation: id })
  if (core.link.stage !== 'ready') {
    setConversation(core, id, { standing: 'apart' })
    keepRooms(core)
    return report(core, ref, { kind: 'done', conversation: id })
  }
  joinRoom(core, room, (answer) => {
    const outcome = outcomeOf(answer)
    if (outcome.kind === 'refused') core.wish.rooms.delete(id)
    report(core, ref, outcome.kind === 'done' ? { ...outcome, conversation: id } : outcome)
  })
}

/** https://modern.ircdocs.horse/#channels */
const BAD_NAME = /[ ,\0\x07\r\n]/ // oxlint-disable-line no-control-regex -- what no name may have

export function open(core: Core, nick: string, ref: Ref): void {
  const known = findConversation(core, nick)
  const isName = nick !== '' && !isRoom(core, nick) && !/[ ,!@\0\r\n]/.test(nick)
  const conversation = known ?? (isName ? ensureConversation(core, nick) : undefined)
  if (conversation === undefined) return notFound(core, nick, ref)
  report(core, ref, { kind: 'done', conversation: conversation.id })
  if (known !== undefined) return
  keepDirect(core)
  learnPerson(core, nick, {})
  watchPerson(core, nick)
  if (core.link.stage === 'ready') catchUp(core, conversation.id)
}

/** They are there again when the client starts anew. */
export function keepDirect(core: Core): void {
  const names = [...core.view.conversations.values()].flatMap(({ kind, name }) =>
    kind === 'direct' ? [name] : [],
  )
  store(core, 'direct', names.length === 0 ? undefined : JSON.stringify(names))
}

function close(core: Core, { id, kind, name, standing }: Conversation, ref: Ref): void {
  report(core, ref, { kind: 'done' })
  core.wish.rooms.delete(id)
  keepRooms(core)
  if (kind === 'room' && standing === 'joined') {
    // It goes when the server says that we have left.
    core.timers.set(`closing:${id}`, core.clock.monotonic() + CLOSING_MS, () =>
      closeConversation(core, id),
    )
    return askFor(core, undefined, { command: 'PART', params: [name] })
  }
  closeConversation(core, id)
  if (kind !== 'direct') return
  unwatchPerson(core, name)
  keepDirect(core)
}

const CLOSING_MS = 10_000

export function takeModeration(core: Core, intent: ModerationIntent, ref: Ref): void {
  if (intent.kind === 'setOwnModes') {
    return askFor(core, ref, { command: 'MODE', params: [core.view.parts.self.nick, intent.modes] })
  }
  const conversation = core.view.conversations.get(intent.conversation)
  if (conversation === undefined) return notFound(core, intent.conversation, ref)
  moderate(core, { intent, conversation, ref })
}

type RoomModeration = Extract<ModerationIntent, { conversation: string }>

function moderate(core: Core, { intent, conversation, ref }: Known<RoomModeration>): void {
  const { name } = conversation
  switch (intent.kind) {
    case 'setTopic':
      return askFor(core, ref, { command: 'TOPIC', params: [name, intent.text ?? ''] })
    case 'kick':
      return askFor(core, ref, {
        command: 'KICK',
        params: [name, intent.nick, ...given(intent.reason)],
      })
    case 'setModes':
      return askFor(core, ref, { command: 'MODE', params: [name, ...intent.modes] })
    case 'loadList':
      return askFor(core, ref, { command: 'MODE', params: [name, intent.mode] })
    case 'ban':
    case 'unban':
    case 'mute':
    case 'unmute':
      return ban(core, { intent, conversation, ref })
    default:
      return intent satisfies never
  }
}

type BanIntent = Extract<RoomModeration, { kind: 'ban' | 'unban' | 'mute' | 'unmute' }>

function ban(core: Core, { intent, conversation, ref }: Known<BanIntent>): void {
  const { kind, whom, notice = '' } = intent
  const extban = core.link.isupport.get('EXTBAN')
  const isMute = kind === 'mute' || kind === 'unmute'
  const [prefix = '', letters = ''] = extban?.split(',') ?? []
  if (isMute && !letters.includes('m')) return notSupported(core, ref)
  const mask = `${isMute ? `${prefix}m:` : ''}${maskOf(core, whom)}`
  const sign = kind === 'ban' || kind === 'mute' ? '+' : '-'
  ask(
    core,
    { lines: [{ command: 'MODE', params: [conversation.name, `${sign}b`, mask] }] },
    (answer) => {
      const outcome = outcomeOf(answer)
      if (outcome.kind === 'done' && notice !== '')
        say(core, conversation, { text: notice, form: 'notice', ref: undefined })
      report(core, ref, outcome)
    },
  )
}

/** Of a person: by the host, which stays when they take another nick. */
export function maskOf(core: Core, whom: string): string {
  if (/[!@*:]/.test(whom)) return whom
  const host = core.view.people.get(foldName(core, whom))?.host
  return host === undefined ? `${whom}!*@*` : `*!*@${host}`
}

export function notFound(core: Core, what: string, ref: Ref): void {
  report(core, ref, { kind: 'refused', code: 'notFound', context: [what] })
}

function given(text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : [text]
}
