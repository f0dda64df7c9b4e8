/** What the server refuses, and why. */
export const REFUSAL_TEXTS = {
  noForbidden: ['Your role does not allow that.', '이 역할로는 할 수 없습니다.'],
  noForeign: [
    'The server did not accept this page’s address. Open it where the server says that it is.',
    '서버가 이 페이지의 주소를 받아들이지 않았습니다. 서버가 알려 준 주소로 열어 주세요.',
  ],
  noTooLarge: ['That is too much at once.', '한 번에 보내기에는 너무 큽니다.'],
  noInternal: [
    'Something went wrong in the server; its log says more.',
    '서버에서 오류가 났습니다. 서버 기록을 확인하세요.',
  ],
  noSuchBan: ['This ban is not there any more.', '이 차단은 이제 없습니다.'],
  noSuchNick: ['Nobody has this nick.', '이 닉네임을 쓰는 사람이 없습니다.'],
  noInRoom: ['{nick} is not in {room}.', '{nick} 님은 {room} 방에 없습니다.'],
  noUserYet: ['This connection has not registered yet.', '아직 등록되지 않은 접속입니다.'],
  noEmptyText: ['The text is empty.', '내용이 비어 있습니다.'],
  noLongText: ['The text is longer than {bytes} bytes.', '내용이 {bytes}바이트를 넘습니다.'],
  noLongReason: ['The reason is too long.', '사유가 너무 깁니다.'],
  noLineBreak: ['It has to be one line.', '한 줄이어야 합니다.'],
  noMask: [
    'This is no mask for this kind of ban, or it would keep everybody out.',
    '이 종류의 차단에 맞는 마스크가 아니거나, 모두를 막는 마스크입니다.',
  ],
  noDuration: ['No ban can last that long.', '차단 기간이 올바르지 않습니다.'],
  noCrowd: [
    'It would hit {hit} of the {all} people who are here.',
    '현재 사용자 {all}명 중 {hit}명이 해당됩니다.',
  ],
  noVague: ['Very many would fit this mask.', '너무 많은 사람이 이 마스크에 해당됩니다.'],
  noBusy: [
    'Too many passwords are being checked just now. Try again in a moment.',
    '지금 확인 중인 비밀번호가 너무 많습니다. 잠시 뒤 다시 시도하세요.',
  ],
  noTries: ['Too many tries. Wait a while.', '시도가 너무 많습니다. 잠시 기다려 주세요.'],
  noOldPassword: ['The old password is wrong.', '기존 비밀번호가 틀렸습니다.'],
  noSecondOperator: ['There is an operator {name} already.', '운영자 {name} 계정이 이미 있습니다.'],
  noSuchOperator: ['There is no operator {name}.', '운영자 {name} 계정이 없습니다.'],
  noSuchToken: ['This token is not there any more.', '이 토큰은 이제 없습니다.'],
  noSuchSession: ['This session has ended already.', '이미 끝난 세션입니다.'],
  noLastAdmin: [
    '{name} is the last admin, and has to stay one.',
    '{name} 계정은 마지막 최고 관리자라서 바꾸거나 삭제할 수 없습니다.',
  ],
  noEmptyName: ['The name is empty.', '이름이 비어 있습니다.'],
  noLongName: [
    'The name has {count} characters; {most} are allowed.',
    '이름이 {count}자입니다. {most}자까지 쓸 수 있습니다.',
  ],
  noVisibleName: [
    'The name has spaces, or characters that nobody sees.',
    '이름에 공백이나 보이지 않는 문자가 있습니다.',
  ],
  noServerName: [
    'The server itself goes by the name {name}.',
    '{name} 이름은 서버가 사용하고 있습니다.',
  ],
  noShortPassword: [
    'The password needs at least {count} characters.',
    '비밀번호는 {count}자 이상이어야 합니다.',
  ],
  noLongPassword: [
    'The password may have at most {bytes} bytes.',
    '비밀번호는 {bytes}바이트까지 쓸 수 있습니다.',
  ],
  noNamePassword: ['The password must not be the name.', '비밀번호는 이름과 달라야 합니다.'],
} as const
