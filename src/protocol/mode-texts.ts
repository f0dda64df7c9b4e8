/** What each mode does, in words for people: HELP and docs/commands.md show them. */
import type { ChannelFlag, ListMode, RankMode, UserMode } from './modes.ts'

/** With the letter of its argument in words where it takes one. */
export const CHANNEL_MODE_TEXTS: Readonly<
  Record<ChannelFlag | ListMode | RankMode | 'f' | 'k' | 'l', string>
> = {
  q: '<nick>: founder, may do everything in the channel',
  a: '<nick>: admin, whom operators cannot remove',
  o: '<nick>: operator',
  h: '<nick>: half-operator',
  v: '<nick>: voice, may speak when the channel is moderated',
  b: '<mask>: may neither join nor speak',
  e: '<mask>: bans do not apply',
  I: '<mask>: may join without an invitation',
  k: '<key>: who joins must give this key',
  f: '<channel>: who cannot join is forwarded there',
  l: '<number>: no more members than this',
  C: 'no CTCP other than ACTION',
  M: 'only voice and above, or those with an account, may speak',
  R: 'only those with an account may join',
  i: 'only those who are invited may join',
  m: 'only voice and above may speak',
  n: 'only members may speak',
  s: 'secret: shown to its members alone',
  t: 'only half-operators and above set the topic',
}

export const USER_MODE_TEXTS: Readonly<Record<UserMode, string>> = {
  B: 'marks you as a bot',
  R: 'only those with an account, and those you ACCEPT, may send you private messages',
  i: 'invisible: shown in lists only to those who share a channel with you',
  o: 'operator of the server, by OPER',
  w: 'you hear WALLOPS',
}

export const EXTBAN_TEXTS: readonly string[] = [
  '~a:<account>: those logged in to this account',
  '~m:<mask>: those whom the mask fits may join but not speak',
]
