import type { Language } from '../../shared/language.ts'

/** What follows a command, as `slash-table.ts` has it, in the words of the reader. */
export function commandParams(params: string, language: Language): string {
  if (language === 'en') return params
  return params.replaceAll(/(?<![\w@+-])[a-z-]+(?: [a-z-]+)*(?![\w@:])/g, (words) =>
    Object.hasOwn(KOREAN, words) ? (KOREAN[words] ?? words) : words,
  )
}

const KOREAN: Readonly<Record<string, string>> = {
  account: '계정',
  address: '주소',
  arguments: '인수',
  command: '명령',
  duration: '기간',
  'e-mail': '이메일',
  filter: '조건',
  host: '호스트',
  invitation: '초대 코드',
  key: '열쇠',
  letter: '글자',
  line: '줄',
  mask: '마스크',
  modes: '모드',
  msgid: '메시지 ID',
  name: '이름',
  'new name': '새 이름',
  password: '비밀번호',
  person: '사람',
  'person or -person': '사람 또는 -사람',
  'person or mask': '사람 또는 마스크',
  'person or room': '사람 또는 방',
  'real name': '실명',
  reason: '사유',
  role: '역할',
  room: '방',
  'room or person': '방 또는 사람',
  server: '서버',
  status: '상태',
  subject: '주제',
  target: '대상',
  text: '글',
  topic: '주제',
  value: '값',
  words: '낱말',
}
