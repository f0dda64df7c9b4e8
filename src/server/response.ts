import { CAP, hasCap } from '../protocol/capabilities.ts'
import type { Redacted, Said } from '../state/message-event.ts'
import type { Line } from '../state/line.ts'
import { formatLine } from '../state/line.ts'
import type { Session } from '../state/session.ts'

/** What one command answers to the session that sent it, kept together until the command is done. */
export interface Response {
  readonly session: Session
  label: string | undefined
  readonly lines: Line[]
  /** What it said, or took away; the log may refuse that. */
  said: readonly (Said | Redacted)[]
}

/** What a command said that waits for the log, and whom to answer. */
export type Spoken = Pick<Response, 'session' | 'label' | 'said'>

export function openResponse(session: Session, label: string | undefined): Response {
  return { session, label, lines: [], said: NOTHING_SAID }
}

/** Mostly it is one thing, and hundreds of them wait for the log. */
export function addSaid(response: Response, event: Said | Redacted): void {
  response.said = response.said.length === 0 ? [event] : [...response.said, event]
}

const NOTHING_SAID: Response['said'] = []

/**
 * The whole answer as text, labelled as the client asked. `reference` names the batch if one is needed.
 * https://ircv3.net/specs/extensions/labeled-response
 */
export function formatResponse(
  { session, label, lines }: Pick<Response, 'session' | 'label' | 'lines'>,
  { serverName, time, reference }: { serverName: string; time: string; reference: () => string },
): string {
  const { caps } = session
  if (label === undefined) return lines.map((line) => formatLine(line, caps)).join('')
  const [first, ...rest] = lines
  if (first === undefined) {
    return formatLine({ source: serverName, command: 'ACK', params: [], time, label }, caps)
  }
  if (rest.length === 0 || isOneBatch(lines)) {
    return [{ ...first, label }, ...rest].map((line) => formatLine(line, caps)).join('')
  }
  if (!hasCap(caps, CAP.batch)) return lines.map((line) => formatLine(line, caps)).join('')
  const batch = reference()
  const frame = { source: serverName, command: 'BATCH', time }
  return [
    { ...frame, params: [`+${batch}`, 'labeled-response'], label },
    ...lines.map((line) => (line.batch === undefined ? { ...line, batch } : line)),
    { ...frame, params: [`-${batch}`] },
  ]
    .map((line) => formatLine(line, caps))
    .join('')
}

/**
 * Whether the lines are exactly one batch, whatever other batches are in it: then the label stands on
 * its opening, and no other is needed.
 */
function isOneBatch(lines: readonly Line[]): boolean {
  const [first, ...rest] = lines
  const last = rest.pop()
  if (first?.command !== 'BATCH' || last?.command !== 'BATCH') return false
  const reference = first.params[0]?.slice(1) ?? ''
  return last.params[0] === `-${reference}` && rest.every((line) => line.batch !== undefined)
}
