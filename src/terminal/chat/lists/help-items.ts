import { SLASH_COMMANDS } from '../../../client/slash-table.ts'
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
      plain(params === '' ? '' : ` ${params}`),
      dim(`  ${help[language]}`),
    ],
  }))
  return [...keyItems(say, wanted), ...commands]
}

function keyItems(say: ChatSay, wanted: string): readonly ListItem[] {
  return KEYS.map((key) => say(key))
    .filter((text) => text.toLowerCase().includes(wanted))
    .map((text) => {
      const [keys = '', ...rest] = text.split(': ')
      return rest.length === 0
        ? { line: [plain(`  ${text}`)] }
        : { line: [plain(`  ${keys}`), dim(`  ${rest.join(': ')}`)] }
    })
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
