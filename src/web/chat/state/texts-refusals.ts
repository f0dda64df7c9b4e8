/** Why something did not happen. */
export const REFUSAL_TEXTS = {
  unknownOutcome: [
    'No answer came. It may have been done or not.',
    '응답이 없어 처리되었는지 알 수 없습니다.',
  ],
  refusedAs: ['The server refused it ({code}).', '서버가 거절했습니다 ({code}).'],
  faultTimedOut: ['The server did not answer in time.', '서버가 제때 응답하지 않았습니다.'],
  faultNotConnected: ['There is no connection.', '연결되어 있지 않습니다.'],
  faultNotSupported: ['This server can’t do that.', '이 서버는 지원하지 않습니다.'],
  faultUnknownCommand: ['There is no such command.', '그런 명령이 없습니다.'],
  faultMissingParameter: ['Something is missing.', '빠진 것이 있습니다.'],
  faultNotFound: ['It is not there.', '찾을 수 없습니다.'],
  faultTooLong: ['It is too long.', '너무 깁니다.'],
  faultHasSpaces: ['Not with spaces in it.', '띄어쓰기를 쓸 수 없습니다.'],
  faultQueueFull: ['Too much is waiting to be sent.', '보낼 것이 너무 많이 밀려 있습니다.'],
  faultBadProof: [
    'The server could not show that it knows your password.',
    '서버가 비밀번호를 안다는 것을 증명하지 못했습니다.',
  ],
  faultInsecure: [
    'This connection is not encrypted, so no password is sent over it.',
    '암호화되지 않은 연결이라 비밀번호를 보내지 않습니다.',
  ],
  faultBadNick: [
    'This name can’t be used. Try another.',
    '쓸 수 없는 이름입니다. 다른 이름을 써 보세요.',
  ],
  faultNickTaken: [
    'Somebody has this name already. Try another, or log in.',
    '이미 쓰고 있는 이름입니다. 다른 이름을 쓰거나 로그인하세요.',
  ],
  faultCannotSend: ['You can’t write here.', '여기에는 쓸 수 없습니다.'],
  faultRoomFull: ['The room is full.', '방이 가득 찼습니다.'],
  faultInviteOnly: ['This room is for invited people.', '초대받은 사람만 들어갈 수 있습니다.'],
  faultBanned: ['You are banned from this room.', '이 방에 들어갈 수 없도록 금지되었습니다.'],
  faultNeedsKey: ['This room has a key: /join #room key', '열쇠가 있는 방입니다: /join #방 열쇠'],
  faultNoRight: ['You have no right to do that here.', '이 방에서 그럴 권한이 없습니다.'],
  faultLogin: ['The account or the password is wrong.', '계정이나 비밀번호가 맞지 않습니다.'],
  faultInvitationRequired: [
    'An account is made with an invitation here.',
    '이 서버는 초대가 있어야 가입할 수 있습니다.',
  ],
  faultInvitation: [
    'This invitation is wrong, used up or too old.',
    '틀렸거나 이미 썼거나 만료된 초대입니다.',
  ],
  faultAccountExists: ['There is such an account already.', '이미 있는 계정입니다.'],
  faultWeakPassword: [
    'Choose a longer or less common password.',
    '더 길거나 덜 흔한 비밀번호를 쓰세요.',
  ],
} as const
