/** Numerics. https://modern.ircdocs.horse/#numerics */
import type { Message as Line } from '../protocol/message.ts'
import type { Ask } from './asks.ts'
import { updateAbilities } from './abilities.ts'
import { findConversation } from './conversations.ts'
import { addNotice, foldName, setConversation, setSelf, setServer, type Core } from './core.ts'
import { nickOf, userHostOf } from './fold.ts'
import { withTokens } from './isupport-facts.ts'
import { addToList, endList, takeListed, takeListEnd, takeListStart } from './list-lines.ts'
import { takeModes } from './mode-lines.ts'
import { MOST } from './most.ts'
import { learnPerson } from './people.ts'
import { setOwnAway, takeMetadata, takeMonitor } from './person-lines.ts'
import { addMember, memberOf, ownModes, setTopic } from './room-lines.ts'
import { takeAccount, saslSucceeded } from './sasl.ts'
import { afterWelcome } from './welcome.ts'
import { takeWhois } from './whois-lines.ts'
import { takeWhoReply, takeWhoX, wantWho } from './who.ts'
import { nickRefused, takeSaslRefusal } from './nick-refusal.ts'

type Take = (core: Core, params: readonly string[], line: Line) => void

/** `params` come after our nick. */
const TABLE: Readonly<Record<string, Take>> = {
  '001': welcomed,
  '005': (core, params) => {
    core.link.isupport = withTokens(core.link.isupport, params.slice(0, -1))
    updateAbilities(core)
  },
  '221': (core, [modes = '']) => setSelf(core, ownModes('', modes)),
  '301': (core, [nick = '', text = ''], line) => {
    if (core.view.people.has(foldName(core, nick)))
      learnPerson(core, nick, { away: text, presence: 'away' })
    takeWhois(core, '301', line.params.slice(1))
  },
  '305': (core) => setOwnAway(core, undefined),
  '306': (core) => setOwnAway(core, core.wish.away ?? ''),
  '321': takeListStart,
  '322': takeListed,
  '323': takeListEnd,
  '324': (core, [name = '', letters = '', ...args]) => {
    const conversation = findConversation(core, name)
    if (conversation === undefined) return
    setConversation(core, conversation.id, { modes: '' })
    takeModes(core, conversation.id, letters, args)
  },
  '329': (core, [name = '', seconds]) => {
    const conversation = findConversation(core, name)
    const createdAtMs = Number(seconds) * 1000
    if (conversation && Number.isFinite(createdAtMs))
      setConversation(core, conversation.id, { createdAtMs })
  },
  '331': (core, [name = '']) => {
    const conversation = findConversation(core, name)
    if (conversation !== undefined) setTopic(core, conversation.id, undefined)
  },
  '332': (core, [name = '', text = '']) => {
    const conversation = findConversation(core, name)
    if (conversation !== undefined) setTopic(core, conversation.id, { text })
  },
  '333': takeTopicFacts,
  '353': takeNames,
  '366': (core, [name = '']) => {
    const conversation = findConversation(core, name)
    if (conversation?.standing === 'joined') wantWho(core, conversation)
  },
  '352': takeWhoReply,
  '354': takeWhoX,
  '372': (core, [text = '']) => {
    if (core.link.motd.length < MOST.motdLines) core.link.motd.push(text.replace(/^- ?/, ''))
  },
  '375': (core) => {
    core.link.motd = []
  },
  '376': endOfMotd,
  '422': endOfMotd,
  '396': (core, [host = '']) => setSelf(core, { host: host.slice(host.indexOf('@') + 1) }),
  '433': nickRefused,
  '432': nickRefused,
  '436': nickRefused,
  '710': (core, [name = '', source = '', text = '']) =>
    addNotice(core, { kind: 'knock', from: nickOf(source), text, context: [name] }),
  '730': (core, [targets = '']) => takeMonitor(core, targets, 'here'),
  '731': (core, [targets = '']) => takeMonitor(core, targets, 'gone'),
  '761': (core, [target = '', key = '', visibility = '', value = '']) =>
    takeMetadata(core, [target, key, visibility, value]),
  '766': (core, [target = '', key = '']) => takeMetadata(core, [target, key]),
  '900': (core, [, account]) => takeAccount(core, account),
  '901': (core) => takeAccount(core, undefined),
  '903': (core) => saslSucceeded(core),
  '902': takeSaslRefusal,
  '904': takeSaslRefusal,
  '905': takeSaslRefusal,
  '906': takeSaslRefusal,
  '908': () => {},
  '367': addToList('b'),
  '368': endList('b'),
  '348': addToList('e'),
  '349': endList('e'),
  '346': addToList('I'),
  '347': endList('I'),
}

const WHOIS = new Set([
  '276',
  '307',
  '311',
  '312',
  '313',
  '317',
  '318',
  '319',
  '320',
  '330',
  '335',
  '338',
  '378',
  '379',
  '671',
])
/** Of no interest to anybody who looks at rooms. */
const SILENT = new Set([
  '002',
  '003',
  '004',
  '251',
  '252',
  '253',
  '254',
  '255',
  '265',
  '266',
  '250',
  '315',
  '366',
  '333',
  '329',
  '718',
  '732',
  '733',
  '770',
  '771',
  '774',
  '341',
  '307',
])

/** True: it was understood. */
export function takeNumeric(core: Core, line: Line, ask: Ask | undefined): void {
  const { command, params } = line
  const take = Object.hasOwn(TABLE, command) ? TABLE[command] : undefined
  const rest = params.slice(1)
  if (take !== undefined) return take(core, rest, line)
  if (WHOIS.has(command)) return takeWhois(core, command, rest)
  if (isError(command)) return takeError(core, line, ask)
  if (SILENT.has(command)) return
  addNotice(core, { kind: 'server', from: line.source ?? '', text: rest.join(' '), code: command })
}

/** 4xx and 5xx, and those of later years. */
export function isError(code: string): boolean {
  return /^[45]\d\d$/.test(code) || ERRORS.has(code)
}

const ERRORS = new Set([
  // "Please wait a while and try again."
  '263',
  '696',
  '712',
  '713',
  '714',
  '716',
  '723',
  '734',
  '902',
  '904',
  '905',
  '906',
  '907',
])

export function takeError(core: Core, line: Line, ask: Ask | undefined): void {
  const [, ...rest] = line.params
  const text = rest.pop() ?? ''
  const refusal = { code: line.command, text, context: rest }
  if (ask !== undefined) {
    ask.refusal ??= refusal
    return
  }
  addNotice(core, { kind: 'refusal', from: line.source ?? '', ...refusal })
}

function welcomed(core: Core, _: readonly string[], line: Line): void {
  const { link } = core
  if (link.stage !== 'registering') return
  link.stage = 'welcomed'
  link.isNegotiating = false
  updateAbilities(core)
  const nick = line.params[0] ?? link.wantedNick
  const before = core.view.parts.self.key
  setSelf(core, { nick, key: foldName(core, nick), modes: '', isOperator: false })
  core.wish.nick = nick
  if (before !== core.view.parts.self.key) core.view.people.delete(before)
  setServer(core, { name: line.source ?? '' })
}

function endOfMotd(core: Core): void {
  if (core.link.stage === 'registering') return
  setServer(core, { motd: core.link.motd })
  // CASEMAPPING is known only now.
  const { nick } = core.view.parts.self
  setSelf(core, { key: foldName(core, nick) })
  afterWelcome(core)
}

function takeTopicFacts(core: Core, [name = '', setBy = '', seconds]: readonly string[]): void {
  const conversation = findConversation(core, name)
  if (conversation?.topic === undefined) return
  const setAtMs = Number(seconds) * 1000
  const at = Number.isFinite(setAtMs) ? { setAtMs } : {}
  setTopic(core, conversation.id, { ...conversation.topic, setBy: nickOf(setBy), ...at })
}

function takeNames(core: Core, [, name = '', words = '']: readonly string[]): void {
  const conversation = findConversation(core, name)
  if (conversation?.standing !== 'joined') return
  for (const word of words.split(' ')) {
    if (word === '') continue
    const { member, source } = memberOf(core, word)
    const nick = nickOf(source)
    addMember(core, conversation.id, nick, member.ranks)
    learnPerson(core, nick, userHostOf(source))
  }
}
