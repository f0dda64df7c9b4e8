/** The text of docs/commands.md, made from the tables that the server itself goes by. */
import type { Command, CommandGroup } from '../src/commands/command.ts'
import { commandGroups } from '../src/commands/index.ts'
import { CAPABILITIES } from '../src/protocol/capabilities.ts'
import { DEFAULT_LIMITS } from '../src/protocol/limits.ts'
import { CHANNEL_MODE_TEXTS, EXTBAN_TEXTS, USER_MODE_TEXTS } from '../src/protocol/mode-texts.ts'

export function commandsDocument(): string {
  const parts = [
    '# Commands, modes, capabilities and limits',
    '<!-- Made by scripts/write-docs.ts from the tables in src/: change those, and run it again. -->',
    'What a client may say to Maru. `HELP <command>` tells the same on the server.',
    ...titles().flatMap((title) => [`## ${title}`, commandTable(groupsOf(title))]),
    '## Channel modes',
    modeTable(CHANNEL_MODE_TEXTS),
    'A mask of `+b`, `+e` and `+I` may also be:',
    EXTBAN_TEXTS.map((text) => `- ${code(text)}`).join('\n'),
    '## User modes',
    modeTable(USER_MODE_TEXTS),
    '## Capabilities',
    CAPABILITIES.map(({ name }) => `- ${code(name)}`).join('\n'),
    '## Limits',
    'All of them can be changed in `maru.toml`. Times are in milliseconds, sizes in bytes or characters.',
    limitTable(),
  ]
  return `${parts.join('\n\n')}\n`
}

function titles(): string[] {
  return [...new Set(commandGroups.map(([title]) => title))]
}

function groupsOf(wanted: string): readonly CommandGroup[] {
  return commandGroups.filter(([title]) => title === wanted).map(([, group]) => group)
}

function commandTable(groups: readonly CommandGroup[]): string {
  const rows = groups.flatMap((group) => Object.values(group)).map(commandRow)
  return table(['syntax', 'what it does', 'who', 'specification'], rows)
}

function commandRow(command: Command): string[] {
  return [code(command.syntax), escape(command.summary), whoMay(command), specLink(command.spec)]
}

function whoMay(command: Command): string {
  if (command.when !== 'registered') {
    return command.when === 'before' ? 'before registration' : 'everybody, at any time'
  }
  return command.privilege === undefined ? 'users' : `operators with ${code(command.privilege)}`
}

function specLink(spec: string): string {
  const [, file] = /^docs\/(.*)$/.exec(spec) ?? []
  if (file !== undefined) return `[${file}](${file})`
  return `[${new URL(spec).hostname}](${spec})`
}

function modeTable(texts: Readonly<Record<string, string>>): string {
  const rows = Object.entries(texts).map(([mode, text]) => [code(`+${mode}`), escape(text)])
  return table(['mode', 'what it does'], rows)
}

function limitTable(): string {
  const rows = Object.entries(DEFAULT_LIMITS).flatMap(([part, limits]: [string, object]) =>
    Object.entries(limits).map(([name, value]: [string, unknown]) => [
      code(`limits.${part}.${snakeCase(name)}`),
      String(value),
    ]),
  )
  return table(['setting', 'default'], rows)
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``
}

/** `<nick>` in running text would be taken for HTML. */
function escape(text: string): string {
  return text.replaceAll(/<[^>]*>/g, (word) => code(word))
}
