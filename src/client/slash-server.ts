/** Commands that go to the server as they are: what it answers are notices. docs/commands.md */
import type { SlashCommand } from './slash-table.ts'

interface ServerCommand extends SlashCommand {
  /** What the server calls it, where another command has its name here. */
  readonly verb?: string
  /** So many words come before a text, which may have spaces; absent: there is none. */
  readonly textAfter?: number
}

export const SERVER_COMMANDS: readonly ServerCommand[] = [
  row('motd', '', 'Shows the message of the day.', '오늘의 공지를 보여 줍니다.'),
  row('lusers', '', 'Counts people, rooms and connections.', '접속자와 방의 수를 보여 줍니다.'),
  row('version', '', 'Says which software the server is.', '서버 프로그램의 버전을 보여 줍니다.'),
  row('admin', '', 'Says who runs the server.', '서버 관리자를 알려 줍니다.'),
  row('time', '', 'Tells the time of the server.', '서버 시각을 알려 줍니다.'),
  row('info', '', 'Tells about the server.', '서버 정보를 보여 줍니다.'),
  row('links', '[mask]', 'Lists the servers of the network.', '네트워크의 서버를 보여 줍니다.'),
  row('stats', '[letter]', 'Shows figures of the server.', '서버 통계를 보여 줍니다.'),
  row('helpop', '[subject]', 'Shows the help of the server.', '서버의 도움말을 보여 줍니다.'),
  row(
    'whowas',
    '<person>',
    'Tells who had a name before.',
    '예전에 그 이름을 쓴 사람을 알려 줍니다.',
  ),
  row('userhost', '<person>', 'Tells where somebody comes from.', '접속한 호스트를 알려 줍니다.'),
  row('ison', '<person>', 'Tells whether somebody is here.', '접속해 있는지 알려 줍니다.'),
  row(
    'silence',
    '[+mask or -mask]',
    'Keeps private messages of somebody from you.',
    '그 사람의 1:1 메시지를 받지 않습니다.',
  ),
  row(
    'accept',
    '[person or -person]',
    'Lets somebody write to you in spite of +R.',
    '+R일 때도 그 사람의 메시지를 받습니다.',
  ),
  row(
    'metadata',
    '<target> <command> [key] [value]',
    'Shows and sets what people and rooms say of themselves.',
    '사람과 방의 프로필 항목을 보거나 바꿉니다.',
    { textAfter: 3 },
  ),
  row('oper', '<name> <password>', 'Makes you an operator.', '서버 운영자가 됩니다.'),
  row('kill', '<person> [reason]', 'Disconnects somebody.', '접속을 끊습니다.', { textAfter: 1 }),
  row('wallops', '<text>', 'Tells all operators.', '운영자 모두에게 알립니다.', { textAfter: 0 }),
  row('rehash', '', 'Reads the configuration again.', '서버 설정을 다시 읽습니다.'),
  row('die', '<server>', 'Stops the server.', '서버를 멈춥니다.'),
  row('restart', '<server>', 'Starts the server again.', '서버를 다시 시작합니다.'),
  row(
    'kline',
    '[duration] <user@host> [reason]',
    'Keeps somebody out of the server.',
    '서버에 들어오지 못하게 합니다.',
    { textAfter: 1 },
  ),
  row('unkline', '<user@host>', 'Ends a K-line.', '서버 입장 금지를 풉니다.'),
  row(
    'dline',
    '[duration] <address> [reason]',
    'Keeps an address out of the server.',
    '그 주소의 접속을 막습니다.',
    { textAfter: 1 },
  ),
  row('undline', '<address>', 'Ends a D-line.', '주소 접속 금지를 풉니다.'),
  row(
    'servermute',
    '[duration] <user@host> [reason]',
    'Lets somebody stay on the server, but not speak.',
    '서버 전체에서 말하지 못하게 합니다.',
    { verb: 'MUTE', textAfter: 1 },
  ),
  row('serverunmute', '<user@host>', 'Lets them speak again.', '서버 전체 발언 금지를 풉니다.', {
    verb: 'UNMUTE',
  }),
  row('chghost', '<person> <host>', 'Changes the host of somebody.', '보이는 호스트를 바꿉니다.'),
  row(
    'expunge',
    '[duration] <room or person> <reason>',
    'Removes from the log what was said.',
    '기록에서 글을 지웁니다.',
    { textAfter: 1 },
  ),
]

const BY_NAME: ReadonlyMap<string, ServerCommand> = new Map(
  SERVER_COMMANDS.map((command) => [command.name, command]),
)

/** The line that it is; undefined: no such command. An empty one: something is missing. */
export function serverLine(name: string, rest: string): string | undefined {
  const command = BY_NAME.get(name)
  if (command === undefined) return undefined
  const { params, verb = name.toUpperCase(), textAfter } = command
  const words = rest.split(/\s+/).filter(Boolean)
  const needed = params.match(/</g)?.length ?? 0
  if (words.length < needed) return ''
  const before = wordsBefore(words, textAfter)
  const text = words.slice(before).join(' ')
  return [verb, ...words.slice(0, before), ...(text === '' ? [] : [`:${text}`])].join(' ')
}

/** `FORCE` and how long come before what they are about. */
const HEAD = /^(?:force|(?:\d+[smhdwy])+)$/i

function wordsBefore(words: readonly string[], textAfter: number | undefined): number {
  if (textAfter === undefined) return words.length
  const head = textAfter === 1 ? words.findIndex((word) => !HEAD.test(word)) : 0
  return Math.max(0, head) + textAfter
}

function row(
  name: string,
  params: string,
  en: string,
  ko: string,
  more: Pick<ServerCommand, 'verb' | 'textAfter'> = {},
): ServerCommand {
  const completes = params.includes('person') ? (['nick'] as const) : (['none'] as const)
  return { name, params, completes, help: { en, ko }, ...more }
}
