import { CAP, hasCap } from '../protocol/capabilities.ts'
import type { Line } from '../state/line.ts'
import { formatLine } from '../state/line.ts'
import type { Session } from '../state/session.ts'

/** What one command answers to the session that sent it, kept together until the command is done. */
export interface Response {
  readonly session: Session
  label: string | undefined
  readonly lines: Line[]
}

export function openResponse(session: Session, label: string | undefined): Response {
  return { session, label, lines: [] }
}

/**
 * The whole answer as text, labelled as the client asked. `reference` names the batch if one is needed.
 * https://ircv3.net/specs/extensions/labeled-response
 */
export function formatResponse(
  { session, label, lines }: Response,
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

/** Whether the lines are exactly one batch: then the label stands on its opening, and no other is needed. */
function isOneBatch(lines: readonly Line[]): boolean {
  const reference = lines[0]?.command === 'BATCH' ? lines[0].params[0]?.slice(1) : undefined
  if (reference === undefined) return false
  return lines.every(
    (line, i) =>
      i === 0 ||
      line.batch === reference ||
      (i === lines.length - 1 && line.command === 'BATCH' && line.params[0] === `-${reference}`),
  )
}
