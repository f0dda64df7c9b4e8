import type { Message } from '../../../client/timeline.ts'
import { stripFormatting } from '../../../client/format.ts'
import { dim, plain } from '../../line.ts'
import type { Line } from '../../line.ts'
import { dateText } from '../../number-text.ts'
import { safeText } from '../../safe-text.ts'
import type { ChatState } from '../chat-state.ts'
import type { ListItem } from '../list-items.ts'
import { refusalText } from '../refusal-text.ts'
import { personColor, themeOf } from '../theme.ts'

/** What was found, newest first. */
export function searchItems(state: ChatState): readonly ListItem[] {
  const { model, say } = state
  const { search, server } = model
  if (!server.can.search) return [{ line: [dim(`  ${say('noSearch')}`)] }]
  if (search.state === 'none') return []
  if (search.state === 'failed') {
    const why = search.refusal === undefined ? '' : refusalText(search.refusal, say)
    return [{ line: [dim(`  ${say('searchFailed', { why })}`)] }]
  }
  const found = search.results.map(({ target, message }): ListItem => {
    const { msgid } = message
    const line = foundLine(state, target, message)
    return msgid === undefined ? { line } : { line, act: { kind: 'jump', target, msgid } }
  })
  const isDone = search.state === 'found'
  const end: readonly ListItem[] = !isDone
    ? [{ line: [dim(`  ${say('searching')}…`)] }]
    : search.isMore
      ? [{ line: [dim(`  ${say('searchMore')}`)], act: { kind: 'searchMore' } }]
      : []
  return isDone && found.length === 0
    ? [{ line: [dim(`  ${say('nothingFound')}`)] }]
    : [...found, ...end]
}

/** Where, when, by whom, and how it begins. */
export function foundLine({ theme }: ChatState, target: string, message: Message): Line {
  const text = safeText(stripFormatting(message.text).replaceAll(/\s+/g, ' ')).slice(0, 300)
  const { nick, key } = message.author
  return [
    dim(`  ${dateText(message.timeMs).slice(0, 16)}  `),
    plain(`${safeText(target)}  `),
    { text: safeText(nick), color: personColor(key, themeOf(theme)), isBold: true },
    plain(`  ${text}`),
  ]
}
