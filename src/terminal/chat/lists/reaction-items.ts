import { EMOJI_NAMES } from '../../../client/emoji-names.ts'
import { dim, plain } from '../../line.ts'
import { safeText } from '../../safe-text.ts'
import type { ListItem } from '../list-items.ts'

/** What people answer with most comes first; what was typed may be an emoji itself. */
export function reactionItems(query: string): readonly ListItem[] {
  const wanted = query.trim().toLowerCase().replaceAll(':', '')
  const found = ORDERED.filter(([name]) => name.includes(wanted)).map(
    ([name, emoji]): ListItem => ({
      line: [plain(`  ${emoji}  `), dim(name)],
      act: { kind: 'react', emoji },
    }),
  )
  const own = query.trim()
  if (own === '' || /^:?[\w+-]+:?$/.test(own)) return found
  return [{ line: [plain(`  ${safeText(own)}`)], act: { kind: 'react', emoji: own } }, ...found]
}

const COMMON: ReadonlySet<string> = new Set(['👍', '🎉', '😂', '🙏', '👀', '✅', '🔥', '🚀'])
const ORDERED = EMOJI_NAMES.toSorted(
  ([, a], [, b]) => Number(COMMON.has(b)) - Number(COMMON.has(a)),
)
