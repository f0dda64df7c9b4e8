/** A message as the lines that say it. */
import { splitText } from '../protocol/split-text.ts'
import { utf8Length } from '../protocol/utf8.ts'
import type { LineParts } from './core.ts'
import type { ServerLimits } from './model.ts'
import type { Pending } from './queue.ts'

/**
 * What fits into a line in every case: the longest source that a server shows in front, whatever ours is now.
 * The same message is cut the same way when it is sent again, so that the server knows it again.
 */
export function lineRoom(target: string, nickLength: number): number {
  const source = nickLength + 1 + 22 + 1 + 64
  const frame = ':'.length + source + ' PRIVMSG '.length + utf8Length(target) + ' :\r\n'.length + 10
  return Math.max(100, 512 - frame)
}

export interface SplitRules {
  readonly room: number
  readonly limits: Pick<ServerLimits, 'multilineBytes' | 'multilineLines'>
  readonly form: Pending['form']
}

/** A text as messages, each of which can be sent: as few as possible, cut between lines where that is possible. */
export function messagesOf(text: string, { room, limits, form }: SplitRules): string[] {
  const lines = text.replaceAll(/\r\n?/g, '\n').split('\n')
  const isOne = limits.multilineBytes > 0 && form !== 'action'
  if (!isOne) return lines.flatMap((line) => (line === '' ? [] : splitText(line, room)))
  const messages: string[] = []
  let message: string[] = []
  let [bytes, count] = [0, 0]
  const flush = () => {
    const whole = message.join('\n').replace(/^\n+|\n+$/g, '')
    if (whole !== '') messages.push(whole)
    message = []
    bytes = 0
    count = 0
  }
  for (const line of lines) {
    // A line alone may be more than a message holds.
    for (const piece of splitText(line, Math.max(room, limits.multilineBytes - room))) {
      const size = utf8Length(piece) + 1
      const parts = splitText(piece, room).length
      const isTooMuch = bytes + size > limits.multilineBytes || count + parts > linesAllowed(limits)
      if (isTooMuch) flush()
      message.push(piece)
      bytes += size
      count += parts
    }
  }
  flush()
  return messages
}

function linesAllowed({ multilineLines }: SplitRules['limits']): number {
  return multilineLines === 0 ? Number.POSITIVE_INFINITY : multilineLines
}

export interface WireRules {
  readonly room: number
  /** A new reference for a batch; undefined: the server knows no messages of several lines. */
  readonly batch: string | undefined
  readonly tags: readonly (readonly [string, string])[]
}

/** Undefined: it can't be said in one message here. */
export function linesToSay(
  pending: Pending,
  { room, batch, tags }: WireRules,
): LineParts[] | undefined {
  const { text, form, target } = pending
  const command = form === 'notice' ? 'NOTICE' : 'PRIVMSG'
  const pieces = text.split('\n').map((line) => splitText(line, room))
  const [only, ...further] = pieces.flat()
  if (further.length === 0) {
    const said = form === 'action' ? `\x01ACTION ${only ?? ''}\x01` : (only ?? '')
    return [{ command, params: [target, said], tags }]
  }
  if (batch === undefined || form === 'action') return undefined
  const within = pieces.flatMap((parts) =>
    parts.map((part, i) => ({
      command,
      params: [target, part],
      tags: [
        ['batch', batch],
        ...(i === 0 ? [] : [['draft/multiline-concat', ''] as const]),
      ] as const,
    })),
  )
  return [
    { command: 'BATCH', params: [`+${batch}`, 'draft/multiline', target], tags },
    ...within,
    { command: 'BATCH', params: [`-${batch}`] },
  ]
}
