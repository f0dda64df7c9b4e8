/** Refusals: one named constructor for each. https://modern.ircdocs.horse/#numerics */
import type { Numeric } from './numeric.ts'
import { repeated } from './repeated.ts'

function error(code: string, ...params: string[]): Numeric {
  const last = params.length - 1
  return {
    code,
    params: params.map((param, i) => (i === last ? param : repeated(param))),
  }
}

export const noSuchNick = (nick: string): Numeric => error('401', nick, 'No such nick')
export const noSuchServer = (server: string): Numeric => error('402', server, 'No such server')
export const noSuchChannel = (channel: string): Numeric => error('403', channel, 'No such channel')
export const cannotSendToChannel = (channel: string, why: string): Numeric =>
  error('404', channel, `Cannot send to channel (${why})`)
export const cannotSendToUser = (nick: string, why: string): Numeric =>
  error('531', nick, `Cannot send to user (${why})`)
export const tooManyChannels = (channel: string): Numeric =>
  error('405', channel, 'You have joined too many channels')
export const wasNoSuchNick = (nick: string): Numeric =>
  error('406', nick, 'There was no such nickname')
export const tooManyTargets = (
  target: string,
  outcome = 'the message went to none of them',
): Numeric => error('407', target, `Too many targets: ${outcome}`)
export const noOrigin = (): Numeric => error('409', 'No origin specified')
export const invalidCapCommand = (subcommand: string): Numeric =>
  error('410', subcommand, 'Invalid CAP command')
export const noRecipient = (command: string): Numeric =>
  error('411', `No recipient given (${command})`)
export const noTextToSend = (): Numeric => error('412', 'No text to send')
export const tooManyMatches = (command: string, text: string): Numeric =>
  error('416', command, text)
export const inputTooLong = (text = 'Input line was too long'): Numeric => error('417', text)
export const unknownCommand = (command: string): Numeric => error('421', command, 'Unknown command')
export const noMotd = (): Numeric => error('422', 'MOTD File is missing')
export const noAdminInfo = (server: string): Numeric =>
  error('423', server, 'No administrative info available')
export const noNicknameGiven = (): Numeric => error('431', 'No nickname given')
export const erroneousNickname = (nick: string, why: string): Numeric =>
  error('432', nick, `Erroneous nickname: ${why}`)
export const nicknameInUse = (nick: string, why = 'Nickname is already in use'): Numeric =>
  error('433', nick, why)
export const userNotInChannel = (nick: string, channel: string): Numeric =>
  error('441', nick, channel, "They aren't on that channel")
export const notOnChannel = (channel: string): Numeric =>
  error('442', channel, "You're not on that channel")
export const userOnChannel = (nick: string, channel: string): Numeric =>
  error('443', nick, channel, 'is already on channel')
export const cannotChangeNick = (why: string): Numeric =>
  error('447', `Cannot change nickname: ${why}`)
export const notRegistered = (): Numeric => error('451', 'You have not registered')
export const needMoreParams = (command: string): Numeric =>
  error('461', command, 'Not enough parameters')
export const alreadyRegistered = (): Numeric => error('462', 'You may not reregister')
export const passwordMismatch = (): Numeric => error('464', 'Password incorrect')
export const youAreBanned = (reason: string): Numeric =>
  error('465', `You are banned from this server: ${reason}`)
export const channelIsClosed = (channel: string, why: string): Numeric =>
  error('448', channel, `Cannot join channel: it is closed (${why})`)
export const linkChannel = (from: string, to: string): Numeric =>
  error('470', from, to, 'Forwarding to another channel')
export const channelIsFull = (channel: string): Numeric =>
  error('471', channel, 'Cannot join channel (+l)')
export const unknownMode = (mode: string): Numeric =>
  error('472', mode, 'is unknown mode char to me')
export const inviteOnlyChannel = (channel: string): Numeric =>
  error('473', channel, 'Cannot join channel (+i)')
export const bannedFromChannel = (channel: string): Numeric =>
  error('474', channel, 'Cannot join channel (+b)')
export const badChannelKey = (channel: string): Numeric =>
  error('475', channel, 'Cannot join channel (+k)')
export const badChannelMask = (channel: string, why: string): Numeric =>
  error('476', channel, `Bad channel name: ${why}`)
export const needAccount = (channel: string): Numeric =>
  error('477', channel, 'Cannot join channel (+R): you must be logged in to an account')
export const needAccountToSpeak = (nick: string): Numeric =>
  error('477', nick, 'You must be logged in to an account to message this user')
export const banListFull = (channel: string, mode: string): Numeric =>
  error('478', channel, mode, 'Channel list is full')
export const noPrivileges = (): Numeric =>
  error('481', "Permission Denied- You're not an IRC operator")
export const missingPrivilege = (privilege: string): Numeric =>
  error('723', privilege, 'Insufficient oper privileges')
export const channelOperatorNeeded = (
  channel: string,
  why = "You're not channel operator",
): Numeric => error('482', channel, why)
export const unknownUserMode = (): Numeric => error('501', 'Unknown MODE flag')
export const usersDontMatch = (): Numeric => error('502', "Can't change mode for other users")
export const silenceListFull = (mask: string): Numeric =>
  error('511', mask, 'Your silence list is full')
export const helpNotFound = (subject: string): Numeric =>
  error('524', subject, 'No help available on this topic')
export const invalidModeParam = (
  target: string,
  mode: string,
  param: string,
  why: string,
): Numeric => error('696', target, mode, param === '' ? '*' : param, why)
export const tooManyKnocks = (channel: string): Numeric => error('712', channel, 'Too many KNOCKs.')
export const channelIsOpen = (channel: string): Numeric => error('713', channel, 'Channel is open.')
export const knockOnChannel = (channel: string): Numeric =>
  error('714', channel, 'You are already on that channel.')
export const monitorListFull = (limit: number, targets: string): Numeric =>
  error('734', String(limit), targets, 'Monitor list is full.')
/** https://ircv3.net/specs/extensions/sasl-3.1#numerics-used-by-this-extension */
export const nickLocked = (): Numeric => error('902', 'This account is not to be used')
export const saslFailed = (): Numeric => error('904', 'SASL authentication failed')
export const saslTooLong = (): Numeric => error('905', 'SASL message too long')
export const saslAborted = (): Numeric => error('906', 'SASL authentication aborted')
export const saslAlready = (): Numeric =>
  error('907', 'You have already authenticated, and have other connections: log out first')
export const acceptListFull = (): Numeric => error('456', 'Accept list is full')
export const acceptExists = (nick: string): Numeric =>
  error('457', nick, 'is already on your accept list')
export const acceptMissing = (nick: string): Numeric =>
  error('458', nick, 'is not on your accept list')
