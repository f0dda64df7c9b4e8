import { SLASH_COMMANDS } from '../../../client/slash-table.ts'
import { fitText, textWidth } from '../../fit-text.ts'
import { bold, dim, plain } from '../../line.ts'
import type { ChatState } from '../chat-state.ts'
import type { ChatSay, ChatWord } from '../chat-words.ts'
import type { ListItem } from '../list-items.ts'

/** Keys, then commands. */
export function helpItems({ say, language }: ChatState, query: string): readonly ListItem[] {
  const wanted = query.trim().toLowerCase().replace(/^\//, '')
  const commands = SLASH_COMMANDS.filter(({ name, aliases = [], help }) =>
    [name, ...aliases, help[language]].some((text) => text.toLowerCase().includes(wanted)),
  ).map(({ name, params, help }): ListItem => ({
    line: [
      bold(`  /${name}`),
      plain(beside(params === '' ? '' : ` ${params}`, KEYS_WIDTH - name.length - 1)),
      dim(help[language]),
    ],
  }))
  return [...keyItems(say, wanted), ...commands]
}

function keyItems(say: ChatSay, wanted: string): readonly ListItem[] {
  return KEYS.map((key) => say(key))
    .filter((text) => text.toLowerCase().includes(wanted))
    .map((text) => {
      const [keys = '', ...rest] = text.split(': ')
      return { line: [plain(`  ${beside(keys, KEYS_WIDTH)}`), dim(rest.join(': '))] }
    })
}

const KEYS_WIDTH = 20

/** So that what explains begins in one column, where that can be. */
function beside(text: string, width: number): string {
  return `${fitText(text, Math.max(width, textWidth(text)))}  `
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
