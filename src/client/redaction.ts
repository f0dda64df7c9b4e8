/** What was said is taken away again. https://ircv3.net/specs/extensions/message-redaction */
import { dropFirst } from '../base/least-recent.ts'
import type { Message as Line } from '../protocol/message.ts'
import { type Core } from './core.ts'
import { nickOf } from './fold.ts'
import { MOST } from './most.ts'
import { recount } from './reading.ts'

interface Redaction {
  readonly msgid: string
  readonly why: { readonly by: string; readonly reason?: string }
}

/** Its text is forgotten here too, wherever it stands. */
export function takeRedaction(core: Core, id: string, line: Line): Redaction | undefined {
  const [, msgid = '', reason = ''] = line.params
  if (msgid === '' || msgid.length > 256) return undefined
  const why = { by: nickOf(line.source), ...(reason === '' ? {} : { reason }) }
  const message = core.view.timeline(id).message(msgid)
  // "When a REDACT command's msgid parameter references a known message not in the target's history, clients MUST ignore it."
  if (message === undefined && isKnownElsewhere(core, id, msgid)) return undefined
  remember(core, msgid, why)
  forgetText(core, id, { msgid, why })
  forgetElsewhere(core, msgid)
  return { msgid, why }
}

/** Of the message, and of what quotes it. */
function forgetText(core: Core, id: string, { msgid, why }: Redaction): void {
  const timeline = core.view.timeline(id)
  const message = timeline.message(msgid)
  if (message !== undefined) {
    const before = message.life.state === 'redacted' ? message.life : {}
    timeline.replace({ ...message, text: '', life: { ...before, state: 'redacted', ...why } })
    recount(core, id)
  }
  for (const item of timeline.items) {
    if (item.kind !== 'message' || item.replyTo?.msgid !== msgid) continue
    timeline.replace({ ...item, replyTo: { msgid } })
  }
}

function isKnownElsewhere(core: Core, id: string, msgid: string): boolean {
  for (const other of core.view.conversations.keys()) {
    if (other !== id && core.view.timeline(other).has(msgid)) return true
  }
  return false
}

function remember(core: Core, msgid: string, why: Redaction['why']): void {
  core.redactions.delete(msgid)
  core.redactions.set(msgid, why)
  dropFirst(core.redactions, MOST.redactions)
}

function forgetElsewhere(core: Core, msgid: string): void {
  const { mentions, search } = core.view.parts
  if (mentions.some(({ message }) => message.msgid === msgid)) {
    core.view.set(
      'mentions',
      mentions.filter(({ message }) => message.msgid !== msgid),
    )
  }
  if (!search.results.some(({ message }) => message.msgid === msgid)) return
  const results = search.results.filter(({ message }) => message.msgid !== msgid)
  core.view.set('search', { ...search, results })
}
