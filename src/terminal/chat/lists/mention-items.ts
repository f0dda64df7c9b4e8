import { dim } from '../../line.ts'
import type { ChatState } from '../chat-state.ts'
import type { ListItem } from '../list-items.ts'
import { foundLine } from './search-items.ts'

/** What was said to us, newest first. */
export function mentionItems(state: ChatState): readonly ListItem[] {
  const { model, say } = state
  if (model.mentions.length === 0) return [{ line: [dim(`  ${say('mentionsNone')}`)] }]
  return model.mentions.map(({ conversation, message }): ListItem => {
    const target = model.conversations.get(conversation)?.name ?? conversation
    const line = foundLine(state, target, message)
    const { msgid } = message
    return msgid === undefined
      ? { line, act: { kind: 'go', id: conversation } }
      : { line, act: { kind: 'jump', target, msgid } }
  })
}
