/** CAP. https://ircv3.net/specs/extensions/capability-negotiation */
import {
  CAP,
  CAPABILITIES,
  findCapability,
  hasCap,
  type Capabilities,
  type CapabilityRow,
} from '../protocol/capabilities.ts'
import { invalidCapCommand } from '../protocol/errors.ts'
import { MESSAGE_BYTES } from '../protocol/limits.ts'
import { packWords } from '../protocol/text-lines.ts'
import { truncateUtf8, utf8Length } from '../protocol/utf8.ts'
import { registrationValue, saslMechanisms } from './account-capability.ts'
import type { CommandContext, ServerInfo } from './command.ts'
import { event, numeric, reply, type Effect } from './effect.ts'
import type { Session } from '../state/session.ts'

const VERSION_302 = 302

export function* capCommand(context: CommandContext): Iterable<Effect> {
  const { session, params } = context
  const subcommand = (params[0] ?? '').toUpperCase()
  switch (subcommand) {
    case 'LS':
      return yield* ls(context)
    case 'LIST':
      return yield* listed(context, { subcommand: 'LIST', words: namesOf(session.caps) })
    case 'REQ':
      return yield* request(context)
    case 'END':
      session.negotiating = false
      return
    default:
      yield numeric(invalidCapCommand(params[0] ?? ''))
  }
}

function* ls(context: CommandContext): Iterable<Effect> {
  const { session, params, server } = context
  const version = Number.parseInt(params[1] ?? '0', 10)
  // "If a client sends a higher CAP version at any time, the server MUST store the higher version."
  if (version > session.capVersion) session.capVersion = version
  if (session.user === undefined) session.negotiating = true
  if (session.capVersion >= VERSION_302 && !hasCap(session.caps, CAP.capNotify)) {
    yield event({ kind: 'capabilitiesChanged', session, caps: session.caps | CAP.capNotify })
  }
  // "SHOULD return a CAP LS reply consistent with the request's version, but keep storing the original"
  const isNew = version >= VERSION_302
  const words = isNew ? offered(server, session) : withinOneLine(context, namesOffered(server))
  yield* listed(context, { subcommand: 'LS', words })
}

/** What is announced to those who know CAP 302. */
export function offered(server: ServerInfo, session: Session): string[] {
  const words: string[] = []
  for (const row of CAPABILITIES) {
    const value = valueOf(row, server, session)
    if (value !== undefined) words.push(value === '' ? row.name : `${row.name}=${value}`)
  }
  return words
}

/** "MUST NOT be sent to clients that can't read its value" https://ircv3.net/specs/extensions/sts */
function namesOffered(server: ServerInfo): string[] {
  return CAPABILITIES.filter((row) => row.announcedOnly !== true && isOffered(row, server)).map(
    (row) => row.name,
  )
}

/** What speaks of history, or of accounts, isn't there when there are none. */
function isOffered(row: CapabilityRow, { history, accounts }: ServerInfo): boolean {
  if (row.needsAccounts === true && accounts === undefined) return false
  return row.needsLog !== true || history !== 'off'
}

/** `''`: it has none; `undefined`: it isn't there. */
function valueOf(row: CapabilityRow, server: ServerInfo, session: Session): string | undefined {
  if (!isOffered(row, server)) return undefined
  const { bit } = row
  const { multilineBytes, multilineLines } = server.limits.chat
  if (bit === CAP.multiline) return `max-bytes=${multilineBytes},max-lines=${multilineLines}`
  if (bit === CAP.metadata) return metadataLimits(server)
  if (bit === CAP.sasl) return saslMechanisms(session).join(',')
  if (bit === CAP.accountRegistration) return registrationValue(server)
  if (bit !== CAP.sts) return ''
  const { transport } = session.origin
  return transport === 'tls' || transport === 'wss' ? server.sts?.secure : server.sts?.plain
}

/** https://ircv3.net/specs/extensions/metadata#draftmetadata-2-capability */
function metadataLimits({ limits }: ServerInfo): string {
  const { metadataSubscriptions, metadataKeys, metadataValueBytes } = limits.chat
  return [
    'before-connect',
    `max-subs=${metadataSubscriptions}`,
    `max-keys=${metadataKeys}`,
    `max-value-bytes=${metadataValueBytes}`,
  ].join(',')
}

/** A client that doesn't know CAP 302 doesn't know replies in several lines either: drafts make room. */
function withinOneLine(context: CommandContext, words: string[]): string[] {
  if (packWords(words, roomFor(context, 'LS')).length <= 1) return words
  return words.filter((word) => !word.startsWith('draft/'))
}

interface Listing {
  readonly subcommand: string
  readonly words: readonly string[]
}

function* listed(context: CommandContext, { subcommand, words }: Listing): Iterable<Effect> {
  const { session } = context
  const nick = nameOf(session)
  const lines = packWords(words, roomFor(context, subcommand))
  if (lines.length === 0) lines.push('')
  for (const [i, line] of lines.entries()) {
    const isLast = i === lines.length - 1
    // Only clients that said 302 know of replies in several lines.
    const more = isLast || session.capVersion < VERSION_302 ? [] : ['*']
    yield reply('CAP', [nick, subcommand, ...more, line])
  }
}

function nameOf(session: Session): string {
  return session.user?.nick ?? session.nick ?? '*'
}

/** What a line has left for the capabilities. */
function roomFor({ server, session }: CommandContext, subcommand: string): number {
  const frame = server.name.length + utf8Length(nameOf(session)) + subcommand.length
  return MESSAGE_BYTES - FRAME_BYTES - frame
}

/** `:`, ` CAP `, a space, ` * `, `:` and the line end. */
const FRAME_BYTES = 13

function namesOf(caps: Capabilities): string[] {
  return CAPABILITIES.filter((row) => hasCap(caps, row.bit)).map((row) => row.name)
}

/** All or nothing. */
function* request(context: CommandContext): Iterable<Effect> {
  const { session, params } = context
  if (session.user === undefined) session.negotiating = true
  const words = params.slice(1).join(' ').split(' ').filter(Boolean)
  const caps = requested(context, words)
  if (caps === undefined) return yield* answered(context, 'NAK', words)
  // The answer comes first: whatever follows is written as the new capabilities have it.
  yield* answered(context, 'ACK', words)
  if (caps !== session.caps) yield event({ kind: 'capabilitiesChanged', session, caps })
}

/** The words of the client again, in its order; in several lines if one doesn't hold them. */
function* answered(
  context: CommandContext,
  subcommand: 'ACK' | 'NAK',
  words: readonly string[],
): Iterable<Effect> {
  const room = roomFor(context, subcommand)
  const lines = packWords(
    words.map((word) => truncateUtf8(word, room)),
    room,
  )
  if (lines.length === 0) lines.push('')
  for (const line of lines) yield reply('CAP', [nameOf(context.session), subcommand, line])
}

function requested(
  { session, server }: CommandContext,
  words: readonly string[],
): Capabilities | undefined {
  let { caps } = session
  for (const word of words) {
    const isOff = word.startsWith('-')
    const row = findCapability(isOff ? word.slice(1) : word)
    if (row === undefined || row.announcedOnly === true) return undefined
    if (!isOffered(row, server)) return undefined
    // "clients that sent CAP LS 302 can't disable cap-notify"
    if (isOff && row.bit === CAP.capNotify && session.capVersion >= VERSION_302) return undefined
    caps = isOff ? caps & ~row.bit : caps | row.bit
  }
  return caps
}
