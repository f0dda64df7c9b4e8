import type { Connection, Trouble } from '../../client/model.ts'
import { safeText } from '../safe-text.ts'
import { isChatWord } from './chat-words.ts'
import type { ChatSay, ChatWord } from './chat-words.ts'

/** Why there is no connection: in the words of the server or the system, or in ours. */
export function troubleText(trouble: Connection['trouble'], say: ChatSay): string {
  if (trouble === undefined) return ''
  const { kind, text } = trouble
  if (text === '') return say(TROUBLES[kind])
  return kind === 'broken' && isChatWord(text) ? say(text) : safeText(text)
}

const TROUBLES = {
  broken: 'troubleBroken',
  closedByServer: 'troubleClosedByServer',
  refused: 'troubleRefused',
  loginFailed: 'troubleLoginFailed',
  silent: 'troubleSilent',
  insecure: 'troubleInsecure',
} as const satisfies Record<Trouble['kind'], ChatWord>
