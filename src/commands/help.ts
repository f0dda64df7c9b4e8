/** HELP and HELPOP, written from the command table and the tables of modes. */
import { helpNotFound } from '../protocol/errors.ts'
import { EXTBAN_TEXTS, CHANNEL_MODE_TEXTS, USER_MODE_TEXTS } from '../protocol/mode-texts.ts'
import { CHANNEL_MODES, USER_MODES, type UserMode } from '../protocol/modes.ts'
import { endOfHelp, helpStart, helpText } from '../protocol/replies.ts'
import { packWords } from '../protocol/text-lines.ts'
import type { Command, CommandGroup, CommandTable, UserContext } from './command.ts'
import { numeric, type Effect } from './effect.ts'
import { textRoom } from './server-texts.ts'

const row = {
  when: 'registered',
  minParams: 0,
  cost: 1,
  spec: 'https://modern.ircdocs.horse/#help-message',
  run: help,
} as const

export const helpCommands: CommandGroup = {
  HELP: {
    ...row,
    syntax: 'HELP [<command> | modes | umodes | extban]',
    summary: 'Explains commands and modes.',
  },
  HELPOP: { ...row, syntax: 'HELPOP [<subject>]', summary: 'The same as HELP.' },
}

function* help(context: UserContext): Iterable<Effect> {
  const subject = (context.params[0] ?? '').trim()
  const [first, ...lines] = linesAbout(subject, context) ?? []
  if (first === undefined) return yield numeric(helpNotFound(subject))
  const name = subject === '' ? '*' : subject
  yield numeric(helpStart(name, first))
  for (const line of lines) yield numeric(helpText(name, line))
  yield numeric(endOfHelp(name, 'End of /HELP'))
}

function linesAbout(subject: string, context: UserContext): readonly string[] | undefined {
  switch (subject.toLowerCase()) {
    case '':
    case 'index':
      return indexLines(context)
    case 'modes':
    case 'cmodes':
      return channelModeLines()
    case 'umodes':
      return userModeLines()
    case 'extban':
    case 'extbans':
      return ['Masks of +b, +e and +I may also be:', ...EXTBAN_TEXTS]
    default: {
      const name = subject.toUpperCase()
      const command = context.table.get(name)
      return command === undefined ? undefined : commandLines(command)
    }
  }
}

/** Beside the text there is the subject in the line, `*` or `index`. */
const SUBJECT_BYTES = 6

function indexLines(context: UserContext): string[] {
  const room = textRoom(context) - SUBJECT_BYTES
  const everybody = commandsWhere(context.table, (command) => privilegeOf(command) === undefined)
  const operators = commandsWhere(context.table, (command) => privilegeOf(command) !== undefined)
  return [
    'HELP <command> explains one of these commands:',
    ...packWords(everybody, room),
    'HELP modes, HELP umodes and HELP extban explain the modes of channels and users.',
    ...(operators.length > 0 ? ['Operators also have:', ...packWords(operators, room)] : []),
  ]
}

function commandsWhere(table: CommandTable, fits: (command: Command) => boolean): string[] {
  const names: string[] = []
  for (const [name, command] of table) if (fits(command)) names.push(name)
  return names.sort()
}

function privilegeOf(command: Command): string | undefined {
  return command.when === 'registered' ? command.privilege : undefined
}

function commandLines(command: Command): string[] {
  const privilege = privilegeOf(command)
  return [
    command.syntax,
    command.summary,
    ...(privilege === undefined ? [] : [`For operators with the privilege "${privilege}".`]),
    ...(command.when === 'before' ? ['Only before registration.'] : []),
    command.spec,
  ]
}

function channelModeLines(): string[] {
  const rows = [...CHANNEL_MODES.keys()]
  return [
    'MODE <channel> +<letters> [<arguments>] sets modes of a channel, - takes them away:',
    ...rows.map((mode) => `+${mode} ${textOf(CHANNEL_MODE_TEXTS, mode)}`),
  ]
}

function userModeLines(): string[] {
  return [
    'MODE <your nick> +<letters> sets your own modes, - takes them away:',
    ...USER_MODES.map((mode: UserMode) => `+${mode} ${USER_MODE_TEXTS[mode]}`),
  ]
}

function textOf(texts: Readonly<Record<string, string>>, mode: string): string {
  return texts[mode] ?? ''
}
