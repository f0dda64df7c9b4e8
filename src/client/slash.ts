/** What was typed, as intents. */
import type { IntentBody } from './intent.ts'
import { serverLine } from './slash-server.ts'
import { findSlash } from './slash-table.ts'
import type { ClientFault } from './timeline.ts'

export interface SlashContext {
  readonly conversation: string
  readonly roomPrefixes: string
}

type Direct = Exclude<IntentBody, { kind: 'enter' }>

export type Entered =
  | { readonly kind: 'intents'; readonly intents: readonly Direct[] }
  /** `help` is for the interface to show: it isn't the client's. */
  | {
      readonly kind: 'fault'
      readonly code: ClientFault | 'help'
      readonly context: readonly string[]
    }

/** `//` says a line that begins with a slash. */
export function parseEntered(text: string, context: SlashContext): Entered {
  const { conversation } = context
  const isCommand = /^\/[a-z]/i.test(text) && !isPath(text)
  if (!isCommand) {
    const said = text.startsWith('//') ? text.slice(1) : text
    return of({ kind: 'say', conversation, text: said })
  }
  const [, name = '', rest = ''] = /^\/([^\s]+)\s*([^]*)$/.exec(text) ?? []
  const command = findSlash(name)
  if (command === undefined) return fault('unknownCommand', name)
  const parse = Object.hasOwn(PARSERS, command.name)
    ? PARSERS[command.name]
    : asServer(command.name)
  const parsed = parse?.(rest.trim(), context)
  return parsed || fault('missingParameter', command.name, command.params)
}

/** `/usr/bin` is no command. */
function isPath(text: string): boolean {
  return /^\/[^\s/]*\//.test(text)
}

/** Nothing: something is missing. */
type Parser = (rest: string, context: SlashContext) => Entered | '' | undefined

const PARSERS: Readonly<Record<string, Parser>> = {
  help: (rest) => fault('help', ...(rest === '' ? [] : [rest])),
  join: (rest) => {
    // https://modern.ircdocs.horse/#join-message: lists with commas, of which the first keys are for the first rooms.
    const [names = [], keys = []] = words(rest).map((word) => word.split(','))
    const rooms = names.map((name, i) => ({ name, key: keys[i] })).filter(({ name }) => name)
    const joins = rooms.map(
      ({ name, key }) => ({ kind: 'join', name, ...(key ? { key } : {}) }) as const,
    )
    return joins.length === 0 ? undefined : of(...joins)
  },
  part: (rest, { conversation }) => of({ kind: 'part', conversation, ...reason(rest) }),
  close: (_, { conversation }) => of({ kind: 'close', conversation }),
  msg: (rest) => {
    const [target, text] = firstAnd(rest)
    return text && of({ kind: 'sayTo', target, text })
  },
  query: (rest) => rest && of({ kind: 'open', nick: words(rest)[0] ?? '' }),
  me: (rest, { conversation }) =>
    rest && of({ kind: 'say', conversation, text: rest, form: 'action' }),
  notice: (rest) => {
    const [target, text] = firstAnd(rest)
    return text && of({ kind: 'raw', line: `NOTICE ${target} :${text}` })
  },
  topic: (rest, { conversation }) =>
    rest && of({ kind: 'setTopic', conversation, ...(rest === '-' ? {} : { text: rest }) }),
  kick: (rest, { conversation }) => {
    const [nick, text] = firstAnd(rest)
    return nick && of({ kind: 'kick', conversation, nick, ...reason(text) })
  },
  ban: onPerson('ban'),
  unban: onPerson('unban'),
  mute: onPerson('mute'),
  unmute: onPerson('unmute'),
  kickban: (rest, { conversation }) => {
    const [nick, text] = firstAnd(rest)
    const kick = { kind: 'kick', conversation, nick, ...reason(text) } as const
    return nick && of({ kind: 'ban', conversation, whom: nick }, kick)
  },
  bans: (_, { conversation }) => of({ kind: 'loadList', conversation, mode: 'b' }),
  op: rank('+o'),
  deop: rank('-o'),
  voice: rank('+v'),
  devoice: rank('-v'),
  mode: (rest, { conversation }) =>
    rest && of({ kind: 'setModes', conversation, modes: words(rest) }),
  umode: (rest) => rest && of({ kind: 'setOwnModes', modes: rest }),
  invite: (rest, { conversation }) =>
    rest && of({ kind: 'invite', conversation, nick: words(rest)[0] ?? '' }),
  knock: (rest) => {
    const [name, text] = firstAnd(rest)
    return name && of({ kind: 'knock', name, ...(text === '' ? {} : { text }) })
  },
  rename: (rest, { conversation }) => {
    const [name, text] = firstAnd(rest)
    return name && of({ kind: 'renameRoom', conversation, name, ...reason(text) })
  },
  nick: (rest) => rest && of({ kind: 'chooseNick', nick: words(rest)[0] ?? '' }),
  name: (rest) => rest && of({ kind: 'setRealName', realName: rest }),
  role: metadata('role'),
  status: metadata('status'),
  displayname: metadata('display-name'),
  away: (rest) => of({ kind: 'away', text: rest === '' ? 'away' : rest }),
  back: () => of({ kind: 'away' }),
  whois: (rest) => rest && of({ kind: 'whois', nick: words(rest)[0] ?? '' }),
  register: (rest) => {
    const [password, email, invitation] = words(rest)
    const more = { ...(email ? { email } : {}), ...(invitation ? { invitation } : {}) }
    return password && of({ kind: 'register', password, ...more })
  },
  login: (rest) => {
    const [account, password] = firstAnd(rest)
    return password && of({ kind: 'login', login: { mechanism: 'password', account, password } })
  },
  search: (rest) => rest && of({ kind: 'search', query: parseSearch(rest) }),
  redact: (rest, { conversation }) => {
    const [msgid, text] = firstAnd(rest)
    return msgid && of({ kind: 'redact', conversation, msgid, ...reason(text) })
  },
  list: (rest) => of({ kind: 'listRooms', ...(rest === '' ? {} : { filter: rest }) }),
  ns: service('NickServ'),
  cs: service('ChanServ'),
  raw: (rest) => rest && of({ kind: 'raw', line: rest }),
  reconnect: () => of({ kind: 'retryNow' }),
  quit: (rest) => of({ kind: 'disconnect', ...reason(rest) }),
}

/** `in:`, `from:`, `has:link`, and all other words. */
export function parseSearch(text: string): Extract<Direct, { kind: 'search' }>['query'] {
  const found: { in?: string; from?: string; hasLink?: true } = {}
  const plain = words(text).filter((word) => {
    if (word === 'has:link') found.hasLink = true
    if (word === 'has:link') return false
    const [, key, value] = /^(in|from):(.+)$/.exec(word) ?? []
    if (key === undefined || value === undefined) return true
    found[key as 'in' | 'from'] = value
    return false
  })
  return { text: plain.join(' '), ...found }
}

function asServer(name: string): Parser {
  return (rest) => {
    const line = serverLine(name, rest)
    return line && of({ kind: 'raw', line })
  }
}

/** The modes have no place for a reason: the room is told it. */
function onPerson(kind: 'ban' | 'unban' | 'mute' | 'unmute'): Parser {
  return (rest, { conversation }) => {
    const [whom, text] = firstAnd(rest)
    const notice = text === '' ? {} : { notice: `${whom}: ${text}` }
    return whom && of({ kind, conversation, whom, ...notice })
  }
}

function rank(modes: string): Parser {
  return (rest, { conversation }) =>
    rest === ''
      ? undefined
      : of({ kind: 'setModes', conversation, modes: [modes, words(rest)[0] ?? ''] })
}

function metadata(key: string): Parser {
  return (rest) => of({ kind: 'setMetadata', key, ...(rest === '' ? {} : { value: rest }) })
}

function service(name: string): Parser {
  return (rest) => (rest === '' ? undefined : of({ kind: 'askService', service: name, text: rest }))
}

function of(...intents: readonly Direct[]): Entered {
  return { kind: 'intents', intents }
}

function fault(code: ClientFault | 'help', ...context: readonly string[]): Entered {
  return { kind: 'fault', code, context }
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}

function firstAnd(text: string): readonly [first: string, rest: string] {
  const at = text.search(/\s/)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at).trim()]
}

function reason(text: string): { readonly reason?: string } {
  return text === '' ? {} : { reason: text }
}
