import { bold, dim, plain } from '../line.ts'
import type { Line } from '../line.ts'
import { safeText } from '../safe-text.ts'
import { openConversation } from './chat-state.ts'
import type { ChatState } from './chat-state.ts'
import { roleText } from './role-text.ts'

/** The title of the open conversation. */
export function headLine(state: ChatState): { readonly left: Line; readonly right: Line } {
  const { model, say } = state
  const conversation = openConversation(state)
  if (conversation === undefined) {
    const name = safeText(model.server.name)
    return { left: [bold(` ${say('serverView')}`), dim(`  ${name}`)], right: [] }
  }
  const { name, topic, kind, standing, memberCount, modes } = conversation
  const text = topic === undefined ? '' : safeText(topic.text.replaceAll(/\s+/g, ' '))
  const about = kind === 'direct' ? personText(state, conversation.id) : text
  const isIn = standing === 'joined' || standing === 'apart'
  const count = kind === 'room' && isIn ? say('people', { count: memberCount }) : ''
  return {
    left: [bold(` ${safeText(name)}`), dim(`  ${about}`)],
    right: [
      plain('  '),
      dim([count, safeText(modes === '+' ? '' : modes)].filter(Boolean).join('  ')),
      plain(' '),
    ],
  }
}

function personText({ model, say }: ChatState, key: string): string {
  const person = model.people.get(key)
  if (person === undefined) return ''
  const { metadata, away, presence } = person
  const words = [
    safeText(metadata['display-name'] ?? ''),
    roleText(person, say),
    presence === 'away'
      ? `${say('away')}${away === undefined || away === '' ? '' : `: ${safeText(away)}`}`
      : '',
    safeText(metadata['status'] ?? ''),
  ]
  return words.filter(Boolean).join(' · ')
}
