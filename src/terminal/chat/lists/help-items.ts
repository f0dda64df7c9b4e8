import { SLASH_COMMANDS } from '../../../client/slash-table.ts'
import { wrapColumns } from '../../fit-text.ts'
import { bold, dim, plain } from '../../line.ts'
import type { Line } from '../../line.ts'
import { lineWidth } from '../../line-layout.ts'
import type { ChatState } from '../chat-state.ts'
import type { ChatWord } from '../chat-words.ts'
import { layoutOf } from '../layout.ts'
import type { ListItem } from '../list-items.ts'

/** Keys, then commands. What explains them is never cut: it goes on in the lines below. */
export function helpItems(state: ChatState, query: string): readonly ListItem[] {
  const { say, language } = state
  const wanted = query.trim().toLowerCase().replace(/^\//, '')
  const width = layoutOf(state).bodyWidth
  const keys = KEYS.map((key) => say(key))
    .filter((text) => text.toLowerCase().includes(wanted))
    .flatMap((text) => {
      const [pressed = '', ...rest] = text.split(': ')
      return explained([plain(`  ${pressed}`)], rest.join(': '), width)
    })
  const commands = SLASH_COMMANDS.filter(({ name, aliases = [], help }) =>
    [name, ...aliases, help[language]].some((text) => text.toLowerCase().includes(wanted)),
  ).flatMap(({ name, params, help }) => {
    const written = [bold(`  /${name}`), plain(params === '' ? '' : ` ${params}`)]
    return explained(written, help[language], width)
  })
  return [...keys, ...commands]
}

/** What explains begins in one column. */
const INDENT = 24

function explained(what: Line, text: string, width: number): readonly ListItem[] {
  const rows = wrapColumns(text, Math.max(10, width - INDENT - 1)).map((row) => [dim(row)])
  const used = lineWidth(what)
  const isBeside = used < INDENT
  const below = rows.slice(isBeside ? 1 : 0).map((row) => [plain(' '.repeat(INDENT)), ...row])
  const first = isBeside ? [...what, plain(' '.repeat(INDENT - used)), ...(rows[0] ?? [])] : what
  return [first, ...below].map((line) => ({ line }))
}

const KEYS = [
  'helpEnter',
  'helpTab',
  'helpArrows',
  'helpPages',
  'helpRecall',
  'helpSwitcher',
  'helpNext',
  'helpSearch',
  'helpSides',
  'helpResend',
  'helpTheme',
  'helpLanguage',
  'helpQuit',
] as const satisfies readonly ChatWord[]
