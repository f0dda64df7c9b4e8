import type { Person } from '../../client/model.ts'
import { safeText } from '../safe-text.ts'
import { isChatWord } from './chat-words.ts'
import type { ChatSay } from './chat-words.ts'

/** What somebody does, in the language of whoever reads it where it is one of the known. */
export function roleText({ metadata, isBot }: Person, say: ChatSay): string {
  const role = metadata['role'] ?? ''
  if (role === '') return isBot ? say('bot') : ''
  const isKnown = ['planner', 'programmer', 'artist'].includes(role)
  return isKnown && isChatWord(role) ? say(role) : safeText(role)
}
