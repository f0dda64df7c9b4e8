import type { TextKey } from './texts.ts'

/** What the client itself says, and refusals of the server that people meet often. https://modern.ircdocs.horse/#numerics */
const WORDS: Readonly<Record<string, TextKey>> = {
  timedOut: 'faultTimedOut',
  notConnected: 'faultNotConnected',
  notSupported: 'faultNotSupported',
  unknownCommand: 'faultUnknownCommand',
  missingParameter: 'faultMissingParameter',
  notFound: 'faultNotFound',
  tooLong: 'faultTooLong',
  hasSpaces: 'faultHasSpaces',
  queueFull: 'faultQueueFull',
  badProof: 'faultBadProof',
  insecure: 'faultInsecure',
  '432': 'faultBadNick',
  '433': 'faultNickTaken',
  '404': 'faultCannotSend',
  '471': 'faultRoomFull',
  '473': 'faultInviteOnly',
  '474': 'faultBanned',
  '475': 'faultNeedsKey',
  '482': 'faultNoRight',
  '904': 'faultLogin',
  INVITATION_REQUIRED: 'faultInvitationRequired',
  INVALID_INVITATION: 'faultInvitation',
  ACCOUNT_EXISTS: 'faultAccountExists',
  WEAK_PASSWORD: 'faultWeakPassword',
}

export function faultText(code: string): TextKey | undefined {
  return Object.hasOwn(WORDS, code) ? WORDS[code] : undefined
}
