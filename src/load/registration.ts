/** What a client does about a line that it reads before it's in its room. */
export type Step =
  | { readonly kind: 'wait' }
  | { readonly kind: 'say'; readonly lines: string }
  | { readonly kind: 'welcomed' }
  | { readonly kind: 'joined' }
  | { readonly kind: 'refused'; readonly reason: string }

/** Where a client's registration has got to; `register` writes it. */
export interface Registration {
  readonly nick: string
  attempt: number
  /** Capabilities that the server offers, of those that are wanted. */
  readonly offered: string[]
  /** … and that it has acknowledged. */
  readonly agreed: string[]
  welcomed: boolean
}

/** https://ircv3.net/specs/extensions/capability-negotiation */
export const CAPABILITIES = ['message-tags', 'server-time', 'account-tag', 'echo-message'] as const

export function newRegistration(nick: string): Registration {
  return { nick, attempt: 0, offered: [], agreed: [], welcomed: false }
}

export function greeting(nick: string, lines: 'plain' | 'tagged'): string {
  const hello = `NICK ${nick}\r\nUSER ${nick} 0 * :maru bench\r\n`
  return lines === 'tagged' ? `CAP LS 302\r\n${hello}` : hello
}

/** The step that `line` (without its line end) asks for. */
export function register(line: string, state: Registration, room: string): Step {
  const { command, params } = parse(line)
  switch (command) {
    case 'PING':
      return { kind: 'say', lines: `PONG :${params.at(-1) ?? ''}\r\n` }
    case 'CAP':
      return negotiate(params, state)
    case 'ERROR':
      return { kind: 'refused', reason: `ERROR: ${errorReason(params.at(-1) ?? '')}` }
    case '001':
      state.welcomed = true
      return { kind: 'welcomed' }
    case '366':
      return { kind: 'joined' }
    case '433':
    case '436':
      return state.welcomed ? WAIT : anotherNick(state)
    default:
      return refusal(command, params, state, room)
  }
}

/** Why the server closed the link, without what differs from client to client. */
export function errorReason(text: string): string {
  const inner = /[([]([^()[\]]*)[)\]]\s*$/.exec(text)?.[1]
  return withoutNumbers(inner ?? text)
}

/** Counters, waiting times and addresses would make every reason one of its own. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/\d+/g, '#').slice(0, 120)
}

const WAIT: Step = { kind: 'wait' }
const MOST_NICK_ATTEMPTS = 5

function anotherNick(state: Registration): Step {
  state.attempt++
  if (state.attempt > MOST_NICK_ATTEMPTS) return { kind: 'refused', reason: 'nick in use' }
  return { kind: 'say', lines: `NICK ${state.nick}_${state.attempt}\r\n` }
}

/** Numerics that refuse the registration itself, and lead to no ERROR on some servers. */
const REGISTRATION_REFUSALS = new Set(['432', '437', '463', '464', '465', '468'])

function refusal(
  command: string,
  params: readonly string[],
  { welcomed }: Registration,
  room: string,
): Step {
  const refused = welcomed
    ? /^[45]\d\d$/.test(command) && params[1]?.toLowerCase() === room
    : REGISTRATION_REFUSALS.has(command)
  if (!refused) return WAIT
  return { kind: 'refused', reason: `${command} ${withoutNumbers(params.at(-1) ?? '')}` }
}

function negotiate(params: readonly string[], state: Registration): Step {
  const [, subcommand, third] = params
  const names = (params.at(-1) ?? '').split(' ')
  if (subcommand === 'ACK') {
    state.agreed.push(...names.filter((name) => name !== ''))
    return CAP_END
  }
  if (subcommand === 'NAK') return CAP_END
  if (subcommand !== 'LS') return WAIT
  const bare = new Set(names.map((name) => name.replace(/=.*/, '')))
  state.offered.push(...CAPABILITIES.filter((name) => bare.has(name)))
  if (third === '*') return WAIT
  if (state.offered.length === 0) return CAP_END
  return { kind: 'say', lines: `CAP REQ :${state.offered.join(' ')}\r\n` }
}

const CAP_END: Step = { kind: 'say', lines: 'CAP END\r\n' }

function parse(line: string): { readonly command: string; readonly params: readonly string[] } {
  const bare = line.replace(/^@\S* +/, '').replace(/^:\S* +/, '')
  const colon = bare.indexOf(' :')
  const words = (colon === -1 ? bare : bare.slice(0, colon))
    .split(' ')
    .filter((word) => word !== '')
  if (colon !== -1) words.push(bare.slice(colon + 2))
  const [command = '', ...params] = words
  return { command: command.toUpperCase(), params }
}
