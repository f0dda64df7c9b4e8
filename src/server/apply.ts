import type { Effect } from '../commands/effect.ts'
import { CAP, hasCap, type Capabilities } from '../protocol/capabilities.ts'
import type { StandardReply } from '../protocol/standard-replies.ts'
import type { Line } from '../state/line.ts'
import { asNumerics } from '../state/render.ts'
import type { Session } from '../state/session.ts'
import { readmit } from './admission.ts'
import type { Core } from './core.ts'
import { applyEvent } from './apply-event.ts'
import { echoOf, renderContext } from './deliver.ts'
import { isoTime } from './iso-time.ts'
import { closeSession, sendResponse } from './sessions.ts'
import { openResponse, type Response } from './response.ts'

/** Carries out one effect of the command that `response` answers. */
export function applyEffect(core: Core, effect: Effect, response: Response): void {
  const { session, lines } = response
  switch (effect.kind) {
    case 'numeric':
      lines.push(...asNumerics(nameOf(session), [effect.numeric], renderContext(core)))
      return
    case 'reply': {
      const { command, params, source = core.server.name } = effect.reply
      lines.push({ source, command, params, time: isoTime(core.clock.now()) })
      return
    }
    case 'standard':
      lines.push(standardLine(core, effect.reply, session))
      return
    case 'lines':
      lines.push(...effect.lines)
      return
    case 'batch':
      return applyBatch(core, effect, response)
    case 'event':
      // "a server MUST NOT change the capabilities of the client until the last ACK of the set has been sent"
      if (effect.event.kind === 'capabilitiesChanged' && response.label === undefined) {
        sendResponse(core, response)
      }
      return applyEvent(core, effect.event, response)
    case 'echo': {
      const { said, timeMs } = effect
      lines.push(...echoOf(core, said, { timeMs, msgid: said.msgid }, session))
      return
    }
    case 'label':
      response.label = effect.label
      return
    case 'close':
      return closeSession(core, effect.session, effect.reason, response)
    case 'wait':
    case 'later':
      throw new Error('waiting is the last effect of a command: the pipeline takes it')
    case 'readmit':
      return readmit(core, effect.session)
    case 'operate':
      return core.operate(effect.operation, effect.by)
    case 'audit':
      return core.audit(effect.level, effect.action, effect.fields)
    default:
      effect satisfies never
  }
}

function applyBatch(
  core: Core,
  { type, params, effects }: Extract<Effect, { kind: 'batch' }>,
  response: Response,
): void {
  const inner = openResponse(response.session, undefined)
  for (const effect of effects) applyEffect(core, effect, inner)
  if (!hasCap(response.session.caps, CAP.batch)) {
    response.lines.push(...inner.lines)
    return
  }
  const batch = core.newMsgid()
  const frame = { source: core.server.name, command: 'BATCH', time: isoTime(core.clock.now()) }
  response.lines.push(
    { ...frame, params: [`+${batch}`, type, ...params] },
    ...inner.lines.map((line) => (line.batch === undefined ? { ...line, batch } : line)),
    { ...frame, params: [`-${batch}`] },
  )
}

/** "clients that don't know standard replies" get the same as a NOTICE, so that nothing fails without a word. */
function standardLine(core: Core, reply: StandardReply, session: Session): Line {
  const { type, command, code, context, text } = reply
  const base = { source: core.server.name, time: isoTime(core.clock.now()) }
  if (session.user === undefined || expects(session, reply)) {
    return { ...base, command: type, params: [command, code, ...context, text] }
  }
  const words = [type, command, code, ...context].join(' ')
  return { ...base, command: 'NOTICE', params: [nameOf(session).nick, `*** ${words}: ${text}`] }
}

/** "other than ones enabled by a specific specification": those come with that specification. */
function expects({ caps }: Session, { command, code }: StandardReply): boolean {
  return code === 'INVALID_UTF8' || hasCap(caps, CAP.standardReplies | (ENABLED_BY[command] ?? 0))
}

const ENABLED_BY: Readonly<Record<string, Capabilities>> = {
  BATCH: CAP.multiline,
  CHATHISTORY: CAP.chathistory,
  MARKREAD: CAP.readMarker,
  METADATA: CAP.metadata,
  REDACT: CAP.messageRedaction,
  REGISTER: CAP.accountRegistration,
  RENAME: CAP.channelRename,
  SEARCH: CAP.search,
  SETNAME: CAP.setname,
  VERIFY: CAP.accountRegistration,
}

/** Before registration a client is `*`, even when it has already said NICK. */
function nameOf(session: Session): { readonly nick: string } {
  return { nick: session.user?.nick ?? '*' }
}
