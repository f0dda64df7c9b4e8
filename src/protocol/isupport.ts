import { ACCOUNT_EXTBAN, EXTBAN_TOKEN } from './extban.ts'
import type { Limits } from './limits.ts'
import { chanmodes, LIST_MODES, prefixToken, RANKS, USER_MODES } from './modes.ts'

export interface IsupportFacts {
  readonly networkName: string
  readonly limits: Limits
  readonly icon?: string
  readonly clientTagDeny: readonly string[]
  /** docs/history.md */
  readonly history: 'strict' | 'relaxed' | 'off'
}

/** Every token of 005, sorted. https://modern.ircdocs.horse/#rplisupport-parameters */
export function isupportTokens({
  networkName,
  limits,
  icon,
  clientTagDeny,
  history,
}: IsupportFacts): string[] {
  const { chat } = limits
  const tokens = [
    `ACCEPT=${chat.acceptEntries}`,
    `ACCOUNTEXTBAN=${ACCOUNT_EXTBAN}`,
    `AWAYLEN=${chat.awayLength}`,
    'BOT=B',
    'CASEMAPPING=ascii',
    `CHANLIMIT=#:${chat.channelsPerUser}`,
    `CHANMODES=${chanmodes()}`,
    `CHANNELLEN=${chat.channelLength}`,
    'CHANTYPES=#',
    ...(history === 'off' ? [] : [`CHATHISTORY=${chat.historyLines}`]),
    ...(clientTagDeny.length > 0 ? [`CLIENTTAGDENY=${clientTagDeny.join(',')}`] : []),
    'ELIST=CMNTU',
    'EXCEPTS=e',
    `EXTBAN=${EXTBAN_TOKEN}`,
    ...(icon === undefined ? [] : [`draft/ICON=${escapeToken(icon)}`]),
    'INVEX=I',
    `KEYLEN=${chat.keyLength}`,
    `KICKLEN=${chat.kickLength}`,
    'KNOCK',
    `MAXLIST=${LIST_MODES.map((mode) => `${mode}:${chat.listEntries}`).join(',')}`,
    `MAXTARGETS=${chat.targetsPerMessage}`,
    `MODES=${chat.modesPerCommand}`,
    `MONITOR=${chat.monitorEntries}`,
    // "in order of decreasing preference"
    ...(history === 'off' ? [] : ['MSGREFTYPES=msgid,timestamp']),
    `NAMELEN=${chat.realNameLength}`,
    `NETWORK=${escapeToken(networkName)}`,
    `NICKLEN=${chat.nickLength}`,
    `PREFIX=${prefixToken()}`,
    'SAFELIST',
    'SAFERATE',
    `SILENCE=${chat.silenceEntries}`,
    `STATUSMSG=${RANKS.map((rank) => rank.prefix).join('')}`,
    `TARGMAX=${targmax(chat.targetsPerMessage)}`,
    `TOPICLEN=${chat.topicLength}`,
    `USERLEN=${chat.userLength}`,
    `USERMODES=,,,${USER_MODES.join('')}`,
    'UTF8ONLY',
    'WHOX',
    `maru.chat/HISTORY=${history}`,
    // What SAFERATE was called first, and some still look for: "a client will not be disconnected due to server
    // rate-limiting". https://codeberg.org/emersion/soju/src/branch/master/doc/ext/saferate.md
    'soju.im/SAFERATE',
  ]
  return tokens
}

function targmax(targets: number): string {
  const limited = ['NOTICE', 'PRIVMSG', 'TAGMSG'].map((command) => `${command}:${targets}`)
  return [
    'ACCEPT:',
    'JOIN:',
    'KICK:',
    'LIST:1',
    'MONITOR:',
    `NAMES:${targets}`,
    ...limited,
    'PART:',
    `WHOIS:${targets}`,
    'WHOWAS:1',
  ].join(',')
}

/** "the value MUST be escaped": backslash, space and equals sign as \xHH. https://modern.ircdocs.horse/#rplisupport-005 */
function escapeToken(value: string): string {
  return value.replaceAll(/[\\ =]/g, (c) => `\\x${c.charCodeAt(0).toString(16).toUpperCase()}`)
}
