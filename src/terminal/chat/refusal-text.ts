import type { Refusal } from '../../client/timeline.ts'
import { safeText } from '../safe-text.ts'
import { isChatWord } from './chat-words.ts'
import type { ChatSay } from './chat-words.ts'

/** Why something did not happen: in the server's words, or in ours where the client says so itself. */
export function refusalText({ code, text }: Refusal, say: ChatSay): string {
  if (text !== undefined && text !== '') return safeText(text)
  return isChatWord(code) ? say(code) : safeText(code)
}
