import { completionsAt } from '../../client/complete.ts'
import type { ChatState, Completion, View } from './chat-state.ts'
import type { Composer } from './composer.ts'
import { LOCAL_ONLY } from './local-commands.ts'

/** The next of what the word before the cursor may become; undefined: nothing. */
export function completed(
  state: ChatState,
  { composer, completion }: View,
  by: 1 | -1,
): { readonly composer: Composer; readonly completion: Completion } | undefined {
  if (completion !== undefined) return chosen(composer, completion, by)
  const { text, cursor } = composer
  const found = completionsAt(state.model, state.open ?? '', { text, at: cursor })
  const own = LOCAL_ONLY.filter((name) => text === `/${name}`.slice(0, cursor) && cursor > 0)
  const options = [...found.map((one) => one.text), ...own.map((name) => `/${name} `)]
  if (options.length === 0) return undefined
  return chosen(composer, { start: found[0]?.from ?? 0, options, at: -1 }, by)
}

function chosen(composer: Composer, { start, options, at }: Completion, by: 1 | -1) {
  const { text, cursor } = composer
  const first = at < 0 && by < 0 ? options.length - 1 : at + by
  const next = (first + options.length) % options.length
  const option = options[next] ?? ''
  return {
    composer: {
      ...composer,
      text: text.slice(0, start) + option + text.slice(cursor),
      cursor: start + option.length,
    },
    completion: { start, options, at: next },
  }
}
