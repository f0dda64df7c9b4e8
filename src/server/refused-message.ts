import { CAP, hasCap } from '../protocol/capabilities.ts'
import { cannotSendToChannel, cannotSendToUser } from '../protocol/errors.ts'
import type { Line } from '../state/line.ts'
import { asNumerics, targetName } from '../state/render.ts'
import type { Core } from './core.ts'
import { renderContext } from './deliver.ts'
import type { Spoken } from './response.ts'

/** What those are told whose message the log could not keep, so that nobody got it. */
export function refusedMessage(core: Core, { session, said, label }: Spoken): Line[] {
  const nick = session.user?.nick ?? '*'
  const context = renderContext(core)
  return said.flatMap((event): readonly Line[] => {
    if (event.kind === 'redacted') {
      const params = ['REDACT', CODE, event.msgid, NOT_REDACTED]
      return [{ source: context.serverName, command: 'FAIL', params, time: context.time }]
    }
    const target = targetName(event)
    if (hasCap(session.caps, CAP.standardReplies)) {
      const params = [event.command, CODE, target, WHY]
      return [{ source: context.serverName, command: 'FAIL', params, time: context.time }]
    }
    // "automatic replies must never be sent in response to a NOTICE", unless it is asked for with a label
    if (event.command !== 'PRIVMSG' && label === undefined) return []
    const numeric =
      event.target.kind === 'user'
        ? cannotSendToUser(target, WHY)
        : cannotSendToChannel(target, WHY)
    return asNumerics({ nick }, [numeric], context)
  })
}

const CODE = 'TEMPORARILY_UNAVAILABLE'
const NOT_REDACTED = 'Not deleted: the server cannot change what it keeps at the moment'
const WHY = 'Not sent: the server cannot keep messages at the moment'
