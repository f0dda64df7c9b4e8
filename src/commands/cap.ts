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
import { packWords } from '../protocol/text-lines.ts'
import type { CommandContext, ServerInfo } from './command.ts'
import { event, numeric, reply, type Effect } from './effect.ts'
import type { Session } from '../state/session.ts'

/** Room for the capabilities in one line of 512 bytes with the longest nick. */
const LIST_BYTES = 380
const VERSION_302 = 302

export function* capCommand(context: CommandContext): Iterable<Effect> {
  const { session, params } = context
  const subcommand = (params[0] ?? '').toUpperCase()
  switch (subcommand) {
    case 'LS':
      return yield* ls(context)
    case 'LIST':
      return yield* listed(session, 'LIST', namesOf(session.caps))
    case 'REQ':
      return yield* request(context)
    case 'END':
      session.negotiating = false
      return
    default:
      yield numeric(invalidCapCommand(params[0] ?? ''))
  }
}

function* ls({ session, params, server }: CommandContext): Iterable<Effect> {
  const version = Number.parseInt(params[1] ?? '0', 10)
  // "a client that sent 302 or more is treated as if it had cap-notify, and never goes back to less"
  if (version > session.capVersion) session.capVersion = version
  if (session.user === undefined) session.negotiating = true
  if (session.capVersion >= VERSION_302 && !hasCap(session.caps, CAP.capNotify)) {
    yield event({ kind: 'capabilitiesChanged', session, caps: session.caps | CAP.capNotify })
  }
  yield* listed(session, 'LS', offered(server, session))
}

/** What is announced to this client, with values for those who know CAP 302. */
export function offered(server: ServerInfo, session: Session): string[] {
  const words: string[] = []
  for (const row of CAPABILITIES) {
    const value = valueOf(row, server, session)
    if (value === undefined) continue
    words.push(value === '' || session.capVersion < VERSION_302 ? row.name : `${row.name}=${value}`)
  }
  return words
}

/** `''`: it has none; `undefined`: it isn't there. */
function valueOf({ bit }: CapabilityRow, server: ServerInfo, session: Session): string | undefined {
  const { multilineBytes, multilineLines } = server.limits.chat
  if (bit === CAP.multiline) return `max-bytes=${multilineBytes},max-lines=${multilineLines}`
  if (bit !== CAP.sts) return ''
  // "MUST NOT be announced to clients that can't read its value" https://ircv3.net/specs/extensions/sts
  if (session.capVersion < VERSION_302) return undefined
  const { transport } = session.origin
  return transport === 'tls' || transport === 'wss' ? server.sts?.secure : server.sts?.plain
}

function* listed(session: Session, subcommand: string, words: string[]): Iterable<Effect> {
  const nick = session.user?.nick ?? session.nick ?? '*'
  const lines = packWords(words, LIST_BYTES)
  if (lines.length === 0) lines.push('')
  for (const [i, line] of lines.entries()) {
    const isLast = i === lines.length - 1
    // Only clients that said 302 know of replies in several lines.
    const more = isLast || session.capVersion < VERSION_302 ? [] : ['*']
    yield reply('CAP', [nick, subcommand, ...more, line])
  }
}

function namesOf(caps: Capabilities): string[] {
  return CAPABILITIES.filter((row) => hasCap(caps, row.bit)).map((row) => row.name)
}

/** All or nothing. */
function* request({ session, params }: CommandContext): Iterable<Effect> {
  if (session.user === undefined) session.negotiating = true
  const words = params.slice(1).join(' ').split(' ').filter(Boolean)
  const nick = session.user?.nick ?? session.nick ?? '*'
  const caps = requested(session, words)
  if (caps === undefined) return yield reply('CAP', [nick, 'NAK', words.join(' ')])
  // The answer comes first: whatever follows is written as the new capabilities have it.
  yield reply('CAP', [nick, 'ACK', words.join(' ')])
  if (caps !== session.caps) yield event({ kind: 'capabilitiesChanged', session, caps })
}

function requested(session: Session, words: readonly string[]): Capabilities | undefined {
  let { caps } = session
  for (const word of words) {
    const isOff = word.startsWith('-')
    const row = findCapability(isOff ? word.slice(1) : word)
    if (row === undefined || row.announcedOnly === true) return undefined
    // "clients that sent CAP LS 302 can't disable cap-notify"
    if (isOff && row.bit === CAP.capNotify && session.capVersion >= VERSION_302) return undefined
    caps = isOff ? caps & ~row.bit : caps | row.bit
  }
  return caps
}
