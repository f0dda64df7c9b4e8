/** Intents about who we are, and whether we are connected. */
import type { Answer } from './asks.ts'
import { ask, askFor, hasCap, outcomeOf, report, send, type Core } from './core.ts'
import { connect } from './connection.ts'
import type { ConnectionIntent, IdentityIntent, Login } from './intent.ts'
import { takeMetadata } from './person-lines.ts'
import { endNegotiation, sayNick, unasked } from './registration.ts'
import { startSasl } from './sasl.ts'

type Ref = string | undefined

export function takeIdentity(core: Core, intent: IdentityIntent, ref: Ref): void {
  switch (intent.kind) {
    case 'chooseNick':
      return chooseNick(core, intent.nick, ref)
    case 'login':
      return login(core, intent.login, ref)
    case 'guest':
      core.wish.isGuest = true
      report(core, ref, { kind: 'done' })
      return goOn(core, () => endNegotiation(core))
    case 'register':
      return register(core, intent, ref)
    case 'makeAppPassword':
      return makeAppPassword(core, intent.label, ref)
    case 'dropAppPassword':
      return askNickServ(core, ['DEL', intent.label], (answer) =>
        report(core, ref, outcomeOf(answer)),
      )
    case 'verify':
      return askFor(core, ref, { command: 'VERIFY', params: [intent.account, intent.code] })
    case 'away':
      core.wish.away = intent.text
      return askFor(core, ref, {
        command: 'AWAY',
        params: intent.text === undefined ? [] : [intent.text],
      })
    case 'setRealName': {
      core.wish.realName = intent.realName
      if (!hasCap(core, 'setname')) return notSupported(core, ref)
      return askFor(core, ref, { command: 'SETNAME', params: [intent.realName] })
    }
    case 'setMetadata':
      return setMetadata(core, intent, ref)
    case 'setHighlights':
      core.wish.highlights = intent.words.slice(0, 100)
      return report(core, ref, { kind: 'done' })
    default:
      return intent satisfies never
  }
}

function chooseNick(core: Core, nick: string, ref: Ref): void {
  const { state } = core.view.parts.connection
  if (state === 'online') return askFor(core, ref, { command: 'NICK', params: [nick] })
  core.wish.nick = nick
  report(core, ref, { kind: 'done' })
  if (state === 'asking') goOn(core, () => sayNick(core, nick))
}

/** The question is answered. */
function goOn(core: Core, answer: () => void): void {
  if (core.view.parts.connection.state !== 'asking') return
  if (unasked(core)) answer()
  else connect(core)
}

function login(core: Core, wanted: Login, ref: Ref): void {
  core.wish.login = wanted
  core.wish.isGuest = false
  const { state } = core.view.parts.connection
  if (state === 'online') return startSasl(core, ref)
  if (state === 'asking' && unasked(core)) return startSasl(core, ref)
  if (state === 'asking') connect(core)
  report(core, ref, { kind: 'done' })
}

/** https://ircv3.net/specs/extensions/account-registration */
function register(
  core: Core,
  intent: Extract<IdentityIntent, { kind: 'register' }>,
  ref: Ref,
): void {
  const { account = '*', email = '*', password, invitation } = intent
  // What stands last may have spaces: the password, unless a code follows it.
  const words = { account, email, ...(invitation === undefined ? {} : { password, invitation }) }
  const broken = Object.entries(words).filter(([, word]) => !/^[^\s:]\S*$/.test(word))
  if (!core.view.parts.server.can.register) return notSupported(core, ref)
  if (!core.link.isSecure)
    return report(core, ref, { kind: 'refused', code: 'insecure', context: [] })
  if (broken.length > 0) {
    const context = broken.map(([name]) => name)
    return report(core, ref, { kind: 'refused', code: 'hasSpaces', context })
  }
  const params = [account, email, password, ...(invitation === undefined ? [] : [invitation])]
  ask(core, { lines: [{ command: 'REGISTER', params }] }, (answer) => {
    report(core, ref, outcomeOf(answer))
    if (answer.kind !== 'answered' || answer.refusal !== undefined) return
    const isDone = answer.lines.some(
      ({ command, params: words }) => command === 'REGISTER' && words[0] === 'SUCCESS',
    )
    const name = account === '*' ? core.view.parts.self.nick : account
    if (isDone) core.wish.login = { mechanism: 'password', account: name, password }
  })
}

/** No password that people choose looks so. */
const APP_PASSWORD = /^maru-[a-z2-7]{26}$/

/** What NickServ answers is for whoever asked, and nobody reads it by the way. */
function makeAppPassword(core: Core, label: string, ref: Ref): void {
  askNickServ(core, ['ADD', label], (answer) => {
    const outcome = outcomeOf(answer)
    if (answer.kind !== 'answered' || outcome.kind !== 'done') return report(core, ref, outcome)
    const said = answer.lines.map(({ params }) => params.at(-1) ?? '')
    const secret = said.find((text) => APP_PASSWORD.test(text))
    if (secret !== undefined) return report(core, ref, { ...outcome, secret })
    const text = said.join(' ')
    return report(core, ref, { kind: 'refused', code: 'noAppPassword', text, context: [] })
  })
}

function askNickServ(core: Core, words: readonly string[], then: (answer: Answer) => void): void {
  // Without labels an answer can't be told from what anybody says.
  if (!hasCap(core, 'labeled-response') || !hasCap(core, 'batch')) {
    return then({ kind: 'answered', lines: [], batches: [], refusal: NOT_SUPPORTED })
  }
  const params = ['APPPASSWORD', ...words]
  ask(core, { lines: [{ command: 'NS', params }], isSecret: true }, then)
}

const NOT_SUPPORTED = { code: 'notSupported', context: [] }

function setMetadata(
  core: Core,
  intent: Extract<IdentityIntent, { kind: 'setMetadata' }>,
  ref: Ref,
): void {
  const { conversation, key, value } = intent
  if (conversation === undefined) {
    if (value === undefined) delete core.wish.metadata[key]
    else core.wish.metadata[key] = value
  }
  if (!hasCap(core, 'draft/metadata-2')) return notSupported(core, ref)
  const room = conversation === undefined ? undefined : core.view.conversations.get(conversation)
  const target = conversation === undefined ? '*' : (room?.name ?? conversation)
  const params = [target, 'SET', key, ...(value === undefined ? [] : [value])]
  ask(core, { lines: [{ command: 'METADATA', params }] }, (answer) => {
    report(core, ref, outcomeOf(answer))
    // Taken away: servers answer with 766, or with 761 without a value.
    if (answer.kind === 'answered' && answer.refusal === undefined && value === undefined) {
      takeMetadata(core, [target, key])
    }
  })
}

export function notSupported(core: Core, ref: Ref): void {
  report(core, ref, { kind: 'refused', code: 'notSupported', context: [] })
}

/** A line as the user wrote it. */
export function sayRaw(
  core: Core,
  { line }: Extract<ConnectionIntent, { kind: 'raw' }>,
  ref: Ref,
): void {
  const [command = '', ...words] = line
    .replaceAll(/[\0\r\n]+/g, ' ')
    .trim()
    .split(' ') // oxlint-disable-line no-control-regex -- line breaks
  if (command === '')
    return report(core, ref, { kind: 'refused', code: 'missingParameter', context: [] })
  const at = words.findIndex((word) => word.startsWith(':'))
  const params = at < 0 ? words : [...words.slice(0, at), words.slice(at).join(' ').slice(1)]
  if (ref === undefined) return send(core, { command, params })
  askFor(core, ref, { command, params })
}
