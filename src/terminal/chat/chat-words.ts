import { speaker } from '../catalogue.ts'
import type { Catalogue, Say } from '../catalogue.ts'

/** Every text of the chat. */
export const CHAT_WORDS = {
  tooSmall: [
    'The terminal is too small: 40x10 is the least.',
    '터미널이 너무 작습니다. 40x10은 되어야 합니다.',
  ],
  rooms: ['Rooms', '방'],
  direct: ['Direct', '대화'],
  serverView: ['server', '서버'],
  people: ['{count} here', '{count}명'],

  offline: ['offline', '오프라인'],
  connecting: ['connecting', '연결 중'],
  registering: ['signing in', '들어가는 중'],
  asking: ['asking you', '답을 기다림'],
  online: ['online', '연결됨'],
  waiting: ['connection lost', '연결 끊김'],
  retryIn: ['next try in {seconds} s (^T now)', '{seconds}초 뒤 다시 연결 (^T 지금)'],
  retrying: ['trying again', '다시 연결 중'],
  lag: ['lag {ms} ms', '지연 {ms} ms'],
  asAccount: ['as {account}', '계정 {account}'],
  away: ['away', '자리 비움'],
  mentionsCount: ['{count} for you (F2)', '나를 부름 {count} (F2)'],
  queuedCount: ['{count} waiting to be sent', '보낼 메시지 {count}'],
  keysHint: ['F1 help', 'F1 도움말'],
  newBelow: ['{count} new below', '아래에 새 메시지 {count}'],
  moreBelow: ['more below: End', '아래에 더 있음: End'],

  typingOne: ['{a} is typing', '{a} 입력 중'],
  typingTwo: ['{a} and {b} are typing', '{a}, {b} 입력 중'],
  typingMany: ['several people are typing', '여러 명 입력 중'],
  replyingTo: [
    'answering {nick}: {excerpt}  (Esc: not)',
    '{nick}에게 답장: {excerpt}  (Esc: 취소)',
  ],
  editingNow: ['saying a message anew  (Esc: not)', '메시지 고치는 중  (Esc: 취소)'],

  newMessages: ['new', '새 메시지'],
  beginning: ['the beginning', '처음'],
  gapOpen: [
    'there may be more here: PgUp loads it',
    '이 사이에 더 있을 수 있음: PgUp으로 불러오기',
  ],
  gapFilling: ['loading', '불러오는 중'],
  gapFailed: ['could not be loaded: PgUp tries again', '불러오지 못함: PgUp으로 다시'],
  gapLost: [
    'something may have been said here: the server keeps no history',
    '이 사이의 대화는 알 수 없음: 서버가 기록을 보관하지 않음',
  ],
  nothingSaid: ['Nothing has been said here yet.', '아직 아무 말도 없습니다.'],
  notInRoom: ['not in this room', '이 방에 없음'],

  stateQueued: ['waits for the connection', '연결을 기다림'],
  stateSending: ['sending', '보내는 중'],
  stateUnknown: ['may not have arrived: ^R sends again', '도착했는지 모름: ^R 다시 보내기'],
  stateFailed: ['not sent: {why}', '보내지 못함: {why}'],
  redactedBy: ['removed by {by}', '{by} 님이 삭제함'],
  redactedWhy: ['removed by {by}: {reason}', '{by} 님이 삭제함: {reason}'],
  redactedEdited: ['said anew below', '아래에 고쳐 씀'],
  edited: ['edited', '고침'],
  onlyRank: ['to {rank} and above', '{rank} 이상에게'],
  quoteUnknown: ['an earlier message', '이전 메시지'],
  quoteOf: ['{nick}: {excerpt}', '{nick}: {excerpt}'],

  joined: ['{who} came in', '{who} 들어옴'],
  parted: ['{who} left', '{who} 나감'],
  partedWhy: ['{who} left: {text}', '{who} 나감: {text}'],
  quit: ['{who} went offline', '{who} 접속 종료'],
  quitWhy: ['{who} went offline: {text}', '{who} 접속 종료: {text}'],
  kicked: ['{who} removed {whom}', '{who} 님이 {whom} 님을 내보냄'],
  kickedWhy: ['{who} removed {whom}: {text}', '{who} 님이 {whom} 님을 내보냄: {text}'],
  nickChanged: ['{who} is now {text}', '{who} → {text}'],
  topicSet: ['{who} set the topic: {text}', '{who} 주제 변경: {text}'],
  topicCleared: ['{who} took the topic away', '{who} 주제 삭제'],
  modesSet: ['{who} set {text}', '{who} 모드 변경: {text}'],
  renamed: ['{who} renamed the room to {text}', '{who} 방 이름 변경: {text}'],
  invited: ['{who} invited {whom}', '{who} 님이 {whom} 님을 초대함'],
  redactedHere: ['{who} removed a message', '{who} 메시지 삭제'],

  switcherTitle: ['Go to', '이동'],
  switcherHint: ['type a name   Enter goes there   Esc back', '이름 입력   Enter 이동   Esc 뒤로'],
  joinNew: ['join {name}', '{name} 들어가기'],
  talkTo: ['talk to {name}', '{name} 님과 대화'],
  searchTitle: ['Search', '검색'],
  searchHint: [
    'words, from:nick in:#room   Enter searches, goes   Esc back',
    '단어, from:닉 in:#방   Enter 검색·이동   Esc 뒤로',
  ],
  searching: ['searching', '검색 중'],
  nothingFound: ['nothing found', '찾은 것 없음'],
  searchMore: ['older ones: Enter here', '더 오래된 것: 여기서 Enter'],
  searchFailed: ['the search failed: {why}', '검색 실패: {why}'],
  noSearch: ['this server has no search', '이 서버에는 검색이 없습니다'],
  directoryTitle: ['Rooms of this server', '이 서버의 방'],
  directoryHint: [
    'type to filter   Enter joins   Esc back',
    '입력해서 찾기   Enter 들어가기   Esc 뒤로',
  ],
  directoryLoading: ['asking the server', '서버에 묻는 중'],
  directoryNone: ['no room is listed', '목록에 방이 없습니다'],
  mentionsTitle: ['Said to you', '나를 부른 말'],
  mentionsHint: ['Enter goes there   Esc back', 'Enter 이동   Esc 뒤로'],
  mentionsNone: ['Nobody has called you since you are here.', '아직 나를 부른 사람이 없습니다.'],
  reactionTitle: ['React', '반응'],
  reactionHint: [
    'type a name, or an emoji   Enter reacts   Esc back',
    '이름이나 이모지 입력   Enter 반응   Esc 뒤로',
  ],
  whoisTitle: ['Who is {nick}', '{nick} 정보'],
  whoisHint: ['Esc back', 'Esc 뒤로'],
  whoisAsking: ['asking the server', '서버에 묻는 중'],
  whoisName: ['name', '이름'],
  whoisFrom: ['from', '주소'],
  whoisAccount: ['account', '계정'],
  whoisAway: ['away', '자리 비움'],
  whoisServer: ['server', '서버'],
  whoisIs: ['is', '구분'],
  whoisSince: ['since', '접속'],
  whoisIdle: ['idle', '조용함'],
  whoisIdleText: ['{seconds} s', '{seconds}초'],
  whoisRooms: ['rooms', '방'],
  operator: ['operator', '운영자'],
  bansTitle: ['Kept out of this room', '이 방에 들어오지 못하는 사람'],
  bansNone: ['nobody is kept out', '막힌 사람이 없습니다'],
  helpTitle: ['Keys and commands', '키와 명령'],
  helpHint: ['type to filter   arrows scroll   Esc back', '입력해서 찾기   화살표 이동   Esc 뒤로'],

  messageHint: [
    'r answer  + react  e edit  d remove  c copy  g to what it answers  ^R send again  Esc back',
    'r 답장  + 반응  e 고치기  d 삭제  c 복사  g 원래 글로  ^R 다시 보내기  Esc 뒤로',
  ],
  copied: ['copied', '복사함'],
  cannotEdit: ['only your own messages can be edited', '자기 메시지만 고칠 수 있습니다'],
  cannotNow: ['that can be done once the server has it', '서버에 도착한 뒤에 할 수 있습니다'],
  serverCannot: ['this server can not do that', '이 서버에서는 할 수 없습니다'],
  pasteTitle: [
    'Pasted {lines} lines, {letters} letters. Send them as one message?',
    '{lines}줄, {letters}자를 붙여 넣었습니다. 한 메시지로 보낼까요?',
  ],
  pasteTooLong: [
    'That is too long for one message ({letters} letters).',
    '한 메시지로는 너무 깁니다({letters}자).',
  ],
  pasteHint: [
    'Enter or y sends   e edits it first   Esc or n drops it',
    'Enter, y 보내기   e 먼저 고치기   Esc, n 버리기',
  ],
  deleteTitle: [
    'Remove this message for everybody? Why (may be empty):',
    '이 메시지를 모두에게서 삭제할까요? 이유(비워도 됨):',
  ],
  deleteHint: ['Enter removes   Esc back', 'Enter 삭제   Esc 뒤로'],
  leaveTitle: ['Leave Maru chat?', 'Maru 채팅을 끝낼까요?'],
  leaveQueued: [
    '{count} messages wait to be sent; they are kept for the next time.',
    '보내지 못한 메시지 {count}개는 다음에 보냅니다.',
  ],
  leaveHint: ['Enter or y leaves   Esc or n stays', 'Enter, y 끝내기   Esc, n 계속'],
  questionNick: ['{taken} can not be yours: {why}', '{taken}: 쓸 수 없는 이름입니다: {why}'],
  questionNickHint: ['another name, then Enter', '다른 이름을 쓰고 Enter'],
  questionLogin: ['The login was refused: {why}', '로그인이 거부되었습니다: {why}'],
  questionLoginHint: [
    'Tab: next field   Enter logs in   Esc goes on as a guest',
    'Tab 다음 칸   Enter 로그인   Esc 손님으로 계속',
  ],
  fieldNick: ['Name', '이름'],
  fieldAccount: ['Account', '계정'],
  fieldPassword: ['Password', '비밀번호'],
  themeNow: ['theme: {theme}', '테마: {theme}'],
  themeUnknown: ['themes: {themes}', '테마: {themes}'],
  languageNow: ['language: English', '언어: 한국어'],
  languageUnknown: ['languages: en, ko', '언어: en, ko'],
  done: ['done', '완료'],
  unknownOutcome: [
    'the server did not answer; it may have happened',
    '서버가 답하지 않았습니다. 되었을 수도 있습니다',
  ],
  nothingToResend: ['nothing waits to be sent again', '다시 보낼 것이 없습니다'],
  joinFirst: ['choose a room first: ^K', '먼저 방을 고르세요: ^K'],
  certificateChanged: [
    'THE CERTIFICATE OF THE SERVER HAS CHANGED: not connected. Somebody may listen in between.',
    '서버 인증서가 바뀌었습니다! 연결하지 않았습니다. 누군가 엿듣고 있을 수 있습니다.',
  ],

  timedOut: ['the server did not answer', '서버가 답하지 않음'],
  notConnected: ['there is no connection', '연결되어 있지 않음'],
  notSupported: ['this server can not do that', '이 서버에서는 할 수 없음'],
  unknownCommand: ['there is no such command: /help', '그런 명령은 없음: /help'],
  missingParameter: ['something is missing: /help', '빠진 것이 있음: /help'],
  notFound: ['not found', '찾을 수 없음'],
  tooLong: ['too long', '너무 김'],
  hasSpaces: ['not with spaces in it', '띄어쓰기를 쓸 수 없음'],
  queueFull: ['too many messages wait already', '기다리는 메시지가 너무 많음'],
  insecure: [
    'only over TLS: a password is not sent where others can read it',
    'TLS에서만 됩니다. 남이 읽을 수 있는 연결로는 비밀번호를 보내지 않습니다',
  ],
  internalError: ['a fault of this client', '이 프로그램의 오류'],
  troubleBroken: ['the connection broke', '연결이 끊어짐'],
  troubleClosedByServer: ['the server ended it', '서버가 연결을 끝냄'],
  troubleRefused: ['the server refused', '서버가 거부함'],
  troubleLoginFailed: ['the login failed', '로그인 실패'],
  troubleSilent: ['the server is silent', '서버가 응답하지 않음'],
  troubleInsecure: [
    'this server wants TLS: use ircs://',
    '이 서버는 TLS가 필요합니다: ircs://를 쓰세요',
  ],
  badProof: [
    'the server could not prove that it knows the password',
    '서버가 비밀번호를 안다는 것을 증명하지 못함',
  ],

  planner: ['planner', '기획'],
  programmer: ['programmer', '개발'],
  artist: ['artist', '아트'],
  bot: ['bot', '봇'],

  helpEnter: [
    'Enter: sends; Alt+Enter or ^J begins a new line',
    'Enter: 보내기; Alt+Enter, ^J 줄바꿈',
  ],
  helpTab: ['Tab: completes nicks, rooms, commands and :emoji', 'Tab: 닉, 방, 명령, :이모지 완성'],
  helpArrows: [
    'Up: chooses a message: answer, react, edit, remove, copy',
    '위 화살표: 메시지를 골라 답장, 반응, 고치기, 삭제, 복사',
  ],
  helpPages: [
    'PgUp, PgDn, the wheel: back and forth; ^End: to the end',
    'PgUp, PgDn, 휠: 앞뒤로; ^End: 끝으로',
  ],
  helpRecall: ['Alt+Up, Alt+Down: what you sent before', 'Alt+위, Alt+아래: 보냈던 말'],
  helpSwitcher: ['^K: go to a room or a person', '^K: 방이나 사람에게 이동'],
  helpNext: [
    '^N, ^P: next and previous; Alt+1 to 9; Alt+A: where something is new',
    '^N, ^P: 다음, 이전; Alt+1~9; Alt+A: 새 글이 있는 곳',
  ],
  helpSearch: [
    '^F: search; F2: what was said to you; ^L: rooms of the server',
    '^F: 검색; F2: 나를 부른 말; ^L: 서버의 방',
  ],
  helpSides: ['^B, ^G: rooms and members on and off', '^B, ^G: 방과 사람 목록 보기'],
  helpResend: [
    '^R: sends again what failed; ^T: connects now',
    '^R: 실패한 것 다시 보내기; ^T: 지금 연결',
  ],
  helpQuit: ['^C, /quit: leaves', '^C, /quit: 끝내기'],
  helpTheme: ['/theme: terminal, dark or light', '/theme: terminal, dark, light'],
  helpLanguage: ['/language: en or ko', '/language: en, ko'],

  noTerminal: [
    'the chat needs a terminal; without one, use --plain',
    '채팅 화면은 터미널이 있어야 나옵니다. 터미널이 없으면 --plain을 쓰세요',
  ],
  badAddress: [
    '{url} is no address of a chat server: write it like ircs://host/#room',
    '{url}: 채팅 서버 주소가 아닙니다. ircs://호스트/#방처럼 쓰세요',
  ],
  plainRefused: [
    'without TLS everybody on the way can read along: use ircs://, or --insecure if you mean it',
    'TLS가 없으면 중간에서 누구나 읽을 수 있습니다. ircs://를 쓰거나, 알고도 쓰려면 --insecure를 붙이세요',
  ],
  notThere: [
    'no server answers at {url} ({reason})',
    '{url}에서 응답하는 서버가 없습니다({reason})',
  ],
  askNick: ['Your name: ', '이름: '],
  askPassword: ['Password of {account}: ', '{account}의 비밀번호: '],
  nickNeeded: ['a name is needed: --nick NAME', '이름이 필요합니다: --nick 이름'],
  passwordNeeded: [
    'the password of {account} is needed: --password-file FILE',
    '{account}의 비밀번호가 필요합니다: --password-file 파일',
  ],
  cannotRead: ["can't read {file}: {reason}", '{file}: 읽을 수 없습니다: {reason}'],
  cannotKeep: [
    'nothing can be kept in {folder}: {reason}',
    '{folder}: 저장할 수 없습니다: {reason}',
  ],
  notKept: ['this machine can not keep it: {reason}', '이 컴퓨터에 저장하지 못했습니다: {reason}'],
  badSetting: ['{file}: {key}: {wanted}', '{file}: {key}: {wanted}'],
  pledgedServer: [
    '{host} has asked to be spoken to over TLS alone, and nobody that this machine knows vouches for its certificate now:\n  {fingerprint}\nSomebody may be listening in between. If you know that it is the one, say --fingerprint.',
    '{host}에는 TLS로만 접속하기로 되어 있는데, 이 컴퓨터가 아는 기관이 서명하지 않은 인증서가 왔습니다:\n  {fingerprint}\n누군가 중간에서 엿듣고 있을 수 있습니다. 맞는 지문인 것을 확인했다면 --fingerprint로 알려 주세요.',
  ],
  damagedFile: [
    '{file} is damaged; mend it or remove it',
    '{file} 파일이 손상되었습니다. 고치거나 지우세요',
  ],
  unknownServer: [
    'the certificate of {host} is signed by nobody that this machine knows:\n  {fingerprint}\nConnect once in a terminal, or say --fingerprint if that is the one.',
    '{host}의 인증서는 이 컴퓨터가 아는 기관이 서명하지 않았습니다:\n  {fingerprint}\n터미널에서 한 번 접속하거나, 맞는 지문이면 --fingerprint로 알려 주세요.',
  ],
} as const satisfies Catalogue

export type ChatWord = keyof typeof CHAT_WORDS
export type ChatSay = Say<ChatWord>

export const chatWords = speaker(CHAT_WORDS)

/** Those of this client, which come as codes. */
export function isChatWord(text: string): text is ChatWord {
  return Object.hasOwn(CHAT_WORDS, text)
}
