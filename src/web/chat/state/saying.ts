import type { IntentBody } from '../../../client/intent.ts'
import type { ServerLimits } from '../../../client/model.ts'
import { parseEntered, type SlashContext } from '../../../client/slash.ts'
import { isTooLong } from './long-text.ts'

/** Something to say in a conversation. */
export type Saying = Extract<IntentBody, { readonly kind: 'say' }>

/** What becomes of what was typed. */
export type Sending =
  | { readonly kind: 'say'; readonly saying: Saying }
  /** It is more than one message may hold, and could be said in several. */
  | { readonly kind: 'long'; readonly text: string }
  | { readonly kind: 'command' }

export function sendingOf(text: string, context: SlashContext, limits: ServerLimits): Sending {
  const entered = parseEntered(text, context)
  const [only] = entered.kind === 'intents' ? entered.intents : []
  if (only?.kind !== 'say') return { kind: 'command' }
  if (!isTooLong(only.text, limits)) return { kind: 'say', saying: only }
  // What somebody does is told by one message: the client says what it can't tell.
  return only.form === 'action' ? { kind: 'command' } : { kind: 'long', text: only.text }
}
