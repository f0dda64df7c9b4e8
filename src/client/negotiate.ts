/** Who we are and what both sides can: from the first line to the welcome. https://ircv3.net/specs/extensions/capability-negotiation */
import { packWords } from '../protocol/text-lines.ts'
import type { Message as Line } from '../protocol/message.ts'
import { breakOff, expectWelcome } from './connection.ts'
import { send, setConnection, type Core } from './core.ts'
import { updateAbilities } from './abilities.ts'
import { startSasl } from './sasl.ts'
import { endNegotiation, sayNick } from './registration.ts'

/** In the order of what they need: `batch` before what comes in batches. */
const WANTED: readonly string[] = [
  'cap-notify',
  'message-tags',
  'server-time',
  'batch',
  'labeled-response',
  'echo-message',
  'standard-replies',
  'account-notify',
  'account-tag',
  'away-notify',
  'chghost',
  'extended-join',
  'extended-monitor',
  'invite-notify',
  'multi-prefix',
  'setname',
  'userhost-in-names',
  'sasl',
  'draft/account-registration',
  'draft/channel-rename',
  'draft/chathistory',
  'draft/event-playback',
  'draft/message-redaction',
  'draft/metadata-2',
  'draft/multiline',
  'draft/pre-away',
  'draft/read-marker',
  'maru.chat/client-msgid',
  'soju.im/search',
]

/** What is of use only with another one. */
const NEEDS: Readonly<Record<string, string>> = {
  'labeled-response': 'batch',
  'draft/chathistory': 'batch',
  'draft/multiline': 'batch',
  'draft/metadata-2': 'batch',
  'soju.im/search': 'batch',
  'maru.chat/client-msgid': 'message-tags',
}

export function beginRegistration(core: Core, isSecure: boolean): void {
  const { link, settings, wish } = core
  link.stage = 'registering'
  link.isSecure = isSecure
  link.isNegotiating = true
  link.heardAtMs = core.clock.monotonic()
  setConnection(core, { state: 'registering' })
  expectWelcome(core)
  send(core, { command: 'CAP', params: ['LS', '302'] })
  if (settings.serverPassword !== undefined && isSecure) {
    send(core, { command: 'PASS', params: [settings.serverPassword] })
  }
  sayNick(core, wish.nick)
  send(core, { command: 'USER', params: [settings.userName ?? 'maru', '0', '*', wish.realName] })
}

export function takeCap(core: Core, { params }: Line): void {
  const [, subcommand = '', ...rest] = params
  const words = (rest.at(-1) ?? '').split(' ').filter(Boolean)
  switch (subcommand.toUpperCase()) {
    case 'LS':
      offer(core, words)
      if (rest[0] !== '*' || rest.length < 2) requestWanted(core)
      return
    case 'NEW':
      offer(core, words)
      return requestWanted(core)
    case 'DEL':
      for (const name of words) {
        core.link.offered.delete(name)
        core.link.caps.delete(name)
      }
      return updateAbilities(core)
    case 'ACK':
      return acknowledged(core, words)
    case 'NAK':
      return refused(core, words)
    default:
  }
}

const MOST_OFFERED = 500

function offer(core: Core, words: readonly string[]): void {
  const { offered } = core.link
  for (const word of words) {
    const equals = word.indexOf('=')
    const name = equals < 0 ? word : word.slice(0, equals)
    if (offered.size < MOST_OFFERED) offered.set(name, equals < 0 ? '' : word.slice(equals + 1))
  }
}

const LINE_BYTES = 400

function requestWanted(core: Core): void {
  const { link } = core
  if (mustSecure(core)) return
  const names = WANTED.filter((name) => isWanted(core, name))
  for (const line of packWords(names, LINE_BYTES)) {
    link.requested++
    send(core, { command: 'CAP', params: ['REQ', line] })
  }
  updateAbilities(core)
  if (link.requested === 0) afterCaps(core)
}

function isWanted({ link }: Core, name: string): boolean {
  const needed = NEEDS[name]
  if (!link.offered.has(name) || link.caps.has(name)) return false
  return needed === undefined || link.offered.has(needed)
}

/** "the client MUST immediately close its insecure connection, reconnect securely on the stated port" https://ircv3.net/specs/extensions/sts */
function mustSecure(core: Core): boolean {
  const value = core.link.offered.get('sts')
  if (value === undefined) return false
  const number = (name: string) => {
    const found = new RegExp(`(?:^|,)${name}=(\\d{1,10})(?:,|$)`).exec(value)?.[1]
    return found === undefined ? undefined : Number(found)
  }
  if (core.link.isSecure) {
    const durationSeconds = number('duration')
    if (durationSeconds !== undefined) core.orders.push({ kind: 'secure', durationSeconds })
    return false
  }
  const port = number('port')
  if (port === undefined || port > 65_535) return false
  core.orders.push({ kind: 'secure', port })
  breakOff(core, { kind: 'insecure', text: '' })
  return true
}

function acknowledged(core: Core, words: readonly string[]): void {
  for (const word of words) {
    if (word.startsWith('-')) core.link.caps.delete(word.slice(1))
    else if (WANTED.includes(word)) core.link.caps.add(word)
  }
  requestOver(core)
}

/** All of one request, or nothing: each alone, so that one that is refused takes no others with it. */
function refused(core: Core, words: readonly string[]): void {
  if (words.length > 1) {
    for (const word of words.filter((name) => WANTED.includes(name))) {
      core.link.requested++
      send(core, { command: 'CAP', params: ['REQ', word] })
    }
  } else if (words[0] !== undefined) core.link.offered.delete(words[0])
  requestOver(core)
}

function requestOver(core: Core): void {
  core.link.requested = Math.max(0, core.link.requested - 1)
  updateAbilities(core)
  if (core.link.requested === 0) afterCaps(core)
}

function afterCaps(core: Core): void {
  if (!core.link.isNegotiating) return
  const { away } = core.wish
  if (away !== undefined && core.link.caps.has('draft/pre-away')) {
    send(core, { command: 'AWAY', params: [away] })
  }
  if (core.wish.login !== undefined && !core.wish.isGuest) startSasl(core)
  else endNegotiation(core)
}
