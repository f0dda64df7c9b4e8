import { offered } from '../commands/cap.ts'
import type { ServerInfo } from '../commands/command.ts'
import { CAP, hasCap } from '../protocol/capabilities.ts'
import { isupportTokens } from '../protocol/isupport.ts'
import { isupport } from '../protocol/replies.ts'
import { packWords } from '../protocol/text-lines.ts'
import type { Session } from '../state/session.ts'
import type { Core } from './core.ts'
import { isoTime } from './iso-time.ts'
import { sendLines, sendNumerics } from './deliver.ts'
import { settlePresences } from './presences.ts'

/** Room for what a line says beside its words. */
const WORDS_BYTES = 380
const TOKENS_PER_LINE = 13

/**
 * The server is described anew, and those who are here are told what has changed: capabilities with
 * CAP NEW and CAP DEL, tokens with 005. The names stay until a restart: clients have built on them.
 */
export function takeServerInfo(core: Core, wanted: ServerInfo): void {
  const before = core.server
  const { name, networkName } = before
  core.server = { ...wanted, name, networkName }
  settlePresences(core)
  const tokens = changedTokens(isupportTokens(before), isupportTokens(core.server))
  for (const session of core.network.sessions.values()) {
    if (session.closing || session.user === undefined) continue
    tellCapabilities(core, session, before)
    for (const line of packWords(tokens, WORDS_BYTES, TOKENS_PER_LINE)) {
      sendNumerics(core, session, [isupport(line.split(' '))])
    }
  }
}

/** What is new or has another value, and `-NAME` for what is gone. https://modern.ircdocs.horse/#rplisupport-005 */
function changedTokens(before: readonly string[], after: readonly string[]): string[] {
  const names = new Set(after.map(nameOf))
  const gone = before.map(nameOf).filter((name) => !names.has(name))
  return [...after.filter((token) => !before.includes(token)), ...gone.map((name) => `-${name}`)]
}

/** https://ircv3.net/specs/extensions/capability-negotiation#cap-notify */
function tellCapabilities(core: Core, session: Session, before: ServerInfo): void {
  if (!hasCap(session.caps, CAP.capNotify)) return
  const old = offered(before, session)
  const now = offered(core.server, session)
  const names = new Set(now.map(nameOf))
  const added = now.filter((word) => !old.includes(word))
  const gone = old.map(nameOf).filter((name) => !names.has(name))
  sayCap(core, session, 'NEW', added)
  sayCap(core, session, 'DEL', gone)
}

function sayCap(core: Core, session: Session, subcommand: string, words: readonly string[]): void {
  const nick = session.user?.nick ?? '*'
  const frame = { source: core.server.name, command: 'CAP', time: isoTime(core.clock.now()) }
  for (const line of packWords(words, WORDS_BYTES)) {
    sendLines(core, session, [{ ...frame, params: [nick, subcommand, line] }])
  }
}

function nameOf(word: string): string {
  return word.split('=', 1)[0] ?? word
}
