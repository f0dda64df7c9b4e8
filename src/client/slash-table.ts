/** The commands that people type after `/`. What they mean is in `slash.ts`. */
import { SERVER_COMMANDS } from './slash-server.ts'

export interface SlashCommand {
  readonly name: string
  readonly aliases?: readonly string[]
  /** `<…>` must be given, `[…]` may; the last one takes the rest of the line. */
  readonly params: string
  /** What completes each of its words. */
  readonly completes: readonly ('nick' | 'room' | 'command' | 'none')[]
  readonly help: { readonly en: string; readonly ko: string }
}

function row(
  names: string,
  params: string,
  completes: SlashCommand['completes'],
  [en, ko]: readonly [en: string, ko: string],
): SlashCommand {
  const [name = '', ...aliases] = names.split(' ')
  return { name, params, completes, help: { en, ko }, ...(aliases.length === 0 ? {} : { aliases }) }
}

const CLIENT_COMMANDS: readonly SlashCommand[] = [
  row(
    'help commands',
    '[command]',
    ['command'],
    ['Shows what you can type.', '쓸 수 있는 명령을 보여 줍니다.'],
  ),
  row(
    'join j',
    '<room>[,<room>…] [key]',
    ['room'],
    ['Enters a room, or makes it.', '방에 들어갑니다. 없으면 만듭니다.'],
  ),
  row('part leave', '[reason]', ['none'], ['Leaves this room.', '이 방에서 나갑니다.']),
  row(
    'close wc',
    '',
    ['none'],
    ['Closes this conversation; a room is left.', '이 대화를 닫습니다. 방이면 나갑니다.'],
  ),
  row(
    'msg m',
    '<person or room> <text>',
    ['nick'],
    ['Says something to somebody.', '누군가에게 메시지를 보냅니다.'],
  ),
  row(
    'query q dm',
    '<person>',
    ['nick'],
    ['Begins a direct conversation.', '1:1 대화를 시작합니다.'],
  ),
  row('me action', '<text>', ['none'], ['Says what you are doing.', '지금 하는 동작을 말합니다.']),
  row(
    'notice',
    '<person or room> <text>',
    ['nick'],
    ['Says something that nothing answers by itself.', '자동 응답을 부르지 않는 알림을 보냅니다.'],
  ),
  row(
    'topic t',
    '[topic | -]',
    ['none'],
    [
      'Sets the topic of this room; - takes it away.',
      '이 방의 주제를 정합니다. -는 주제를 지웁니다.',
    ],
  ),
  row(
    'kick k',
    '<person> [reason]',
    ['nick'],
    ['Puts somebody out of this room.', '이 방에서 내보냅니다.'],
  ),
  row(
    'ban b',
    '<person or mask> [reason]',
    ['nick'],
    ['Keeps somebody out of this room.', '이 방에 들어오지 못하게 합니다.'],
  ),
  row(
    'unban',
    '<person or mask> [reason]',
    ['nick'],
    ['Lets them in again.', '입장 금지를 풉니다.'],
  ),
  row(
    'kickban kb',
    '<person> [reason]',
    ['nick'],
    ['Puts somebody out, and keeps them out.', '내보내고 다시 들어오지 못하게 합니다.'],
  ),
  row(
    'mute',
    '<person or mask> [reason]',
    ['nick'],
    ['Lets somebody stay, but not speak.', '이 방에서 말하지 못하게 합니다.'],
  ),
  row(
    'unmute',
    '<person or mask> [reason]',
    ['nick'],
    ['Lets them speak again.', '다시 말할 수 있게 합니다.'],
  ),
  row(
    'bans',
    '',
    ['none'],
    ['Shows who is kept out of this room.', '이 방의 입장 금지 목록을 보여 줍니다.'],
  ),
  row(
    'op',
    '<person>',
    ['nick'],
    ['Makes somebody an operator of this room.', '이 방의 운영자로 만듭니다.'],
  ),
  row('deop', '<person>', ['nick'], ['Takes that away.', '운영자에서 내립니다.']),
  row(
    'voice',
    '<person>',
    ['nick'],
    ['Lets somebody speak when the room is moderated.', '발언 제한 방에서 말할 수 있게 합니다.'],
  ),
  row('devoice', '<person>', ['nick'], ['Takes that away.', '발언권을 거둡니다.']),
  row(
    'mode',
    '<modes> [arguments]',
    ['none', 'nick'],
    ['Changes modes of this room.', '이 방의 모드를 바꿉니다.'],
  ),
  row('umode', '<modes>', ['none'], ['Changes your own modes.', '내 모드를 바꿉니다.']),
  row('invite', '<person>', ['nick'], ['Asks somebody into this room.', '이 방에 초대합니다.']),
  row('knock', '<room> [text]', ['room'], ['Asks to be let in.', '들여보내 달라고 청합니다.']),
  row(
    'rename',
    '<new name> [reason]',
    ['none'],
    ['Gives this room another name.', '이 방의 이름을 바꿉니다.'],
  ),
  row('nick', '<name>', ['none'], ['Changes your name.', '내 이름을 바꿉니다.']),
  row('name setname', '<real name>', ['none'], ['Changes your real name.', '내 실명을 바꿉니다.']),
  row(
    'role',
    '[role]',
    ['none'],
    [
      'Says what you do: planner, programmer, artist, or anything.',
      '내 역할을 정합니다: planner(기획), programmer(개발), artist(아트) 등.',
    ],
  ),
  row('status', '[text]', ['none'], ['Says what you are at.', '상태 메시지를 정합니다.']),
  row(
    'displayname',
    '[name]',
    ['none'],
    ['Sets the name that is shown for you.', '표시 이름을 정합니다.'],
  ),
  row('away', '[reason]', ['none'], ['Says that you are away.', '자리를 비웠다고 알립니다.']),
  row('back', '', ['none'], ['Says that you are back.', '자리로 돌아왔다고 알립니다.']),
  row('whois w', '<person>', ['nick'], ['Tells who somebody is.', '누구인지 알아봅니다.']),
  row(
    'register',
    '<password> [e-mail] [invitation]',
    ['none'],
    ['Makes an account of your name.', '지금 이름으로 계정을 만듭니다.'],
  ),
  row(
    'login',
    '<account> <password>',
    ['none'],
    ['Logs in to your account.', '계정으로 로그인합니다.'],
  ),
  row(
    'search find',
    '<words> [in:room] [from:person] [has:link]',
    ['none'],
    ['Finds what was said.', '대화를 검색합니다.'],
  ),
  row(
    'redact delete',
    '<msgid> [reason]',
    ['none'],
    ['Takes a message away.', '메시지를 지웁니다.'],
  ),
  row('list rooms', '[filter]', ['none'], ['Lists rooms.', '방 목록을 보여 줍니다.']),
  row(
    'ns nickserv',
    '<words>',
    ['none'],
    ['Asks NickServ, who looks after accounts.', '계정을 돌보는 NickServ에게 묻습니다.'],
  ),
  row(
    'cs chanserv',
    '<words>',
    ['none'],
    ['Asks ChanServ, who looks after rooms.', '방을 돌보는 ChanServ에게 묻습니다.'],
  ),
  row('raw quote', '<line>', ['none'], ['Sends a line as it is.', '줄을 그대로 보냅니다.']),
  row('reconnect', '', ['none'], ['Connects again.', '다시 연결합니다.']),
  row('quit exit', '[reason]', ['none'], ['Ends the connection.', '연결을 끝냅니다.']),
]

/** All of them: those that mean something to the client, and those that go to the server as they are. */
export const SLASH_COMMANDS: readonly SlashCommand[] = [...CLIENT_COMMANDS, ...SERVER_COMMANDS]

const BY_NAME: ReadonlyMap<string, SlashCommand> = new Map(
  SLASH_COMMANDS.flatMap((command) =>
    [command.name, ...(command.aliases ?? [])].map((name) => [name, command] as const),
  ),
)

export function findSlash(name: string): SlashCommand | undefined {
  return BY_NAME.get(name.toLowerCase())
}
