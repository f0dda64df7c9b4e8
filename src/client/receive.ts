/** A line of the server: to the batch that it belongs to, to the question that it answers, and to whom it concerns. */
import { parseMessage, type Message as Line } from '../protocol/message.ts'
import type { Ask } from './asks.ts'
import { batchOf, gather, labelOf, takeBatchLine, type OpenBatch } from './batches.ts'
import { heard, heardAwake, lost } from './connection.ts'
import { addNotice, FENCE, flushLines, hasCap, send, type Core } from './core.ts'
import { nickOf } from './fold.ts'
import { takeUnasked } from './history.ts'
import { takeAuthenticate } from './sasl.ts'
import { takeCap } from './negotiate.ts'
import { takeNumeric, isError } from './numeric-lines.ts'
import { learnSource } from './people.ts'
import * as person from './person-lines.ts'
import * as room from './room-lines.ts'
import * as speech from './speech-lines.ts'

const MOST_CHARACTERS = 16_384
const MOST_LINES_OF_ASK = 2000

export function receiveLine(core: Core, text: string): void {
  if (core.link.stage === 'closed' || core.link.stage === 'opening') return
  heard(core)
  const line = text.length > MOST_CHARACTERS ? undefined : parseMessage(text)
  if (line === undefined) return
  const batch = batchOf(core.link, line)
  if (line.command === 'BATCH') return takeBatch(core, line)
  if (gather(batch, { kind: 'line', line })) return
  const label = labelOf(line, batch)
  const ask = askOf(core, line, label)
  if (ask !== undefined && ask.lines.length < MOST_LINES_OF_ASK) ask.lines.push(line)
  takeLine(core, line, { ask, label })
  const own = core.asks.find(line.tags?.get('label'))
  if (own !== undefined) core.asks.end(own)
}

/** Without labels, what looks like a refusal is taken for the answer to the oldest question. */
function askOf(core: Core, line: Line, label: string | undefined): Ask | undefined {
  const found = core.asks.find(label)
  if (found !== undefined || hasCap(core, 'labeled-response')) return found
  const isAnswer = isError(line.command) || ['FAIL', 'NOTE'].includes(line.command)
  return isAnswer ? core.asks.oldest() : undefined
}

function takeBatch(core: Core, line: Line): void {
  const batch = takeBatchLine(core.link, line)
  if (batch === undefined) return
  const entry = { kind: 'batch', batch } as const
  if (batch.isGathered && !gather(batch.parent, entry)) takeWhole(core, batch)
  const ask = core.asks.find(batch.opening.tags?.get('label'))
  if (ask !== undefined) core.asks.end(ask)
}

function takeWhole(core: Core, batch: OpenBatch): void {
  if (batch.type === 'draft/multiline') {
    learnSource(core, batch.opening)
    return speech.takeSpeech(core, { kind: 'batch', batch }, batch.label)
  }
  const what = `${batch.type} ${batch.params[0]?.toLowerCase() ?? ''}`
  const ask = core.asks.find(batch.label) ?? core.asks.expecting(what)
  if (ask !== undefined) ask.batches.push(batch)
  else if (batch.type === 'chathistory') takeUnasked(core, batch)
}

interface Context {
  readonly ask: Ask | undefined
  readonly label: string | undefined
}

type Take = (core: Core, line: Line, context: Context) => void

const TABLE: Readonly<Record<string, Take>> = {
  PING: (core, { params }) => send(core, { command: 'PONG', params }),
  PONG: takePong,
  CAP: takeCap,
  AUTHENTICATE: takeAuthenticate,
  ERROR: takeErrorLine,
  FAIL: takeFail,
  WARN: (core, line) => takeStandard(core, line, 'warning'),
  NOTE: (core, line, { ask }) => (ask === undefined ? takeStandard(core, line, 'note') : undefined),
  PRIVMSG: (core, line, { label }) => speech.takeSpeech(core, { kind: 'line', line }, label),
  NOTICE: takeNotice,
  TAGMSG: speech.takeTagmsg,
  REDACT: speech.takeRedactLine,
  MARKREAD: speech.takeMarkread,
  JOIN: room.takeJoin,
  PART: room.takePart,
  KICK: room.takeKick,
  QUIT: room.takeQuit,
  NICK: room.takeNick,
  TOPIC: room.takeTopic,
  MODE: room.takeMode,
  RENAME: room.takeRename,
  INVITE: room.takeInvite,
  AWAY: person.takeAway,
  ACCOUNT: person.takeAccountLine,
  CHGHOST: person.takeChghost,
  SETNAME: person.takeSetname,
  METADATA: (core, { params }) => person.takeMetadata(core, params),
  WALLOPS: (core, { source, params }) =>
    addNotice(core, { kind: 'server', from: nickOf(source), text: params[0] ?? '' }),
}

function takeLine(core: Core, line: Line, context: Context): void {
  if (/^\d{3}$/.test(line.command)) return takeNumeric(core, line, context.ask)
  learnSource(core, line)
  const take = Object.hasOwn(TABLE, line.command) ? TABLE[line.command] : undefined
  take?.(core, line, context)
}

function takeNotice(core: Core, line: Line, { ask, label }: Context): void {
  if (ask?.isSecret !== true) speech.takeSpeech(core, { kind: 'line', line }, label)
}

function takePong(core: Core, { params }: Line): void {
  const token = params.at(-1) ?? ''
  heardAwake(core, token)
  if (!token.startsWith(FENCE)) return
  const ask = core.asks.find(token.slice(FENCE.length))
  if (ask !== undefined) core.asks.end(ask)
}

/** "sent to clients when the server is about to close the link" */
function takeErrorLine(core: Core, { params }: Line): void {
  flushLines(core)
  core.orders.push({ kind: 'close' })
  lost(core, { kind: 'closedByServer', text: params[0] ?? '' })
}

/** https://ircv3.net/specs/extensions/standard-replies */
function takeFail(core: Core, line: Line, { ask }: Context): void {
  if (ask === undefined) return takeStandard(core, line, 'refusal')
  const [, code = '', ...rest] = line.params
  const text = rest.pop() ?? ''
  ask.refusal ??= { code, text, context: rest }
}

function takeStandard(core: Core, line: Line, kind: 'refusal' | 'warning' | 'note'): void {
  const [command = '', code = '', ...rest] = line.params
  const text = rest.pop() ?? ''
  if (code === 'CLIENT_MSGID_KNOWN') return
  addNotice(core, {
    kind,
    from: line.source ?? '',
    text,
    code,
    context: [command, ...rest],
  })
}
