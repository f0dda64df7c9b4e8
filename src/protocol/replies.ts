/** Replies: one named constructor for each. https://modern.ircdocs.horse/#numerics */
import type { Numeric } from './numeric.ts'
import { repeated } from './repeated.ts'

function rpl(code: string, ...params: string[]): Numeric {
  return { code, params }
}

export const welcome = (network: string, source: string): Numeric =>
  rpl('001', `Welcome to the ${network} IRC Network ${source}`)
export const yourHost = (server: string, version: string): Numeric =>
  rpl('002', `Your host is ${server}, running version ${version}`)
export const created = (when: string): Numeric => rpl('003', `This server was created ${when}`)
export const myInfo = (
  server: string,
  version: string,
  modes: { readonly user: string; readonly channel: string; readonly withArgument: string },
): Numeric => rpl('004', server, version, modes.user, modes.channel, modes.withArgument)
export const isupport = (tokens: readonly string[]): Numeric =>
  rpl('005', ...tokens, 'are supported by this server')
export const userModeIs = (modes: string): Numeric => rpl('221', modes)
/** What a connection is and does, in words: the counters of RFC 1459 are not the chat's to know. */
export const statsLink = (name: string, fields: readonly string[], text: string): Numeric =>
  rpl('211', name, ...fields, text)
export const statsCommand = (command: string, uses: number, bytes: number): Numeric =>
  rpl('212', command, String(uses), String(bytes))
export const endOfStats = (letter: string): Numeric =>
  rpl('219', repeated(letter), 'End of /STATS report')
/** `letter` is K, D or S (mutes, the shuns of other servers); when it was set and how long it lasts are words without spaces. */
export const statsBan = (
  letter: 'K' | 'D' | 'S',
  mask: string,
  facts: { readonly setBy: string; readonly setAt: string; readonly lasts: string },
  reason: string,
): Numeric => rpl(STATS_BANS[letter], letter, mask, facts.setBy, facts.setAt, facts.lasts, reason)
const STATS_BANS = { K: '216', D: '225', S: '223' } as const
export const statsText = (text: string): Numeric => rpl('249', text)
export const statsUptime = (text: string): Numeric => rpl('242', text)
export const statsOperator = (name: string, operatorClass: string): Numeric =>
  rpl('243', 'O', '*', '*', name, operatorClass)
export const luserClient = (visible: number, invisible: number): Numeric =>
  rpl('251', `There are ${visible} users and ${invisible} invisible on 1 servers`)
export const luserOperators = (count: number): Numeric =>
  rpl('252', String(count), 'operator(s) online')
export const luserUnknown = (count: number): Numeric =>
  rpl('253', String(count), 'unknown connection(s)')
export const luserChannels = (count: number): Numeric =>
  rpl('254', String(count), 'channels formed')
export const luserMe = (clients: number): Numeric =>
  rpl('255', `I have ${clients} clients and 0 servers`)
export const adminMe = (server: string): Numeric => rpl('256', server, 'Administrative info')
export const adminLocation1 = (text: string): Numeric => rpl('257', text)
export const adminLocation2 = (text: string): Numeric => rpl('258', text)
export const adminEmail = (text: string): Numeric => rpl('259', text)
export const localUsers = (now: number, max: number): Numeric =>
  rpl('265', String(now), String(max), `Current local users ${now}, max ${max}`)
export const globalUsers = (now: number, max: number): Numeric =>
  rpl('266', String(now), String(max), `Current global users ${now}, max ${max}`)
export const silenceList = (mask: string): Numeric => rpl('271', mask)
export const endOfSilenceList = (): Numeric => rpl('272', 'End of Silence List')
export const whoisCertificate = (nick: string, fingerprint: string): Numeric =>
  rpl('276', nick, `has client certificate fingerprint ${fingerprint}`)
export const acceptList = (nicks: readonly string[]): Numeric => rpl('281', ...nicks)
export const endOfAccept = (): Numeric => rpl('282', 'End of /ACCEPT list')
export const away = (nick: string, text: string): Numeric => rpl('301', nick, text)
export const userHost = (entries: readonly string[]): Numeric => rpl('302', entries.join(' '))
export const isOn = (nicks: readonly string[]): Numeric => rpl('303', nicks.join(' '))
export const unAway = (): Numeric => rpl('305', 'You are no longer marked as being away')
export const nowAway = (): Numeric => rpl('306', 'You have been marked as being away')
export const whoisUser = (nick: string, user: string, host: string, realName: string): Numeric =>
  rpl('311', nick, user, host, '*', realName)
export const whoisServer = (nick: string, server: string, info: string): Numeric =>
  rpl('312', nick, server, info)
export const whoisOperator = (nick: string): Numeric => rpl('313', nick, 'is an IRC operator')
export const whowasUser = (nick: string, user: string, host: string, realName: string): Numeric =>
  rpl('314', nick, user, host, '*', realName)
export const endOfWho = (mask: string): Numeric => rpl('315', repeated(mask), 'End of /WHO list')
export const whoisIdle = (nick: string, idleSeconds: number, signedOnSeconds: number): Numeric =>
  rpl('317', nick, String(idleSeconds), String(signedOnSeconds), 'seconds idle, signon time')
export const endOfWhois = (nicks: string): Numeric =>
  rpl('318', repeated(nicks), 'End of /WHOIS list')
export const whoisChannels = (nick: string, channels: string): Numeric => rpl('319', nick, channels)
export const listStart = (): Numeric => rpl('321', 'Channel', 'Users  Name')
export const list = (channel: string, members: number, topic: string): Numeric =>
  rpl('322', channel, String(members), topic)
export const listEnd = (): Numeric => rpl('323', 'End of /LIST')
export const channelModeIs = (channel: string, modes: readonly string[]): Numeric =>
  rpl('324', channel, ...modes)
export const creationTime = (channel: string, seconds: number): Numeric =>
  rpl('329', channel, String(seconds))
export const whoisAccount = (nick: string, account: string): Numeric =>
  rpl('330', nick, account, 'is logged in as')
export const noTopic = (channel: string): Numeric => rpl('331', channel, 'No topic is set')
export const topic = (channel: string, text: string): Numeric => rpl('332', channel, text)
export const topicWhoTime = (channel: string, setBy: string, seconds: number): Numeric =>
  rpl('333', channel, setBy, String(seconds))
export const whoisBot = (nick: string, network: string): Numeric =>
  rpl('335', nick, `is a bot on ${network}`)
export const inviteList = (channel: string): Numeric => rpl('336', channel)
export const endOfInviteList = (): Numeric => rpl('337', 'End of /INVITE list')
export const whoisActually = (nick: string, host: string, address: string): Numeric =>
  rpl('338', nick, host, address, 'actually using host')
export const inviting = (nick: string, channel: string): Numeric => rpl('341', nick, channel)
export const inviteExceptionList = (
  channel: string,
  entry: { readonly mask: string; readonly setBy: string; readonly seconds: number },
): Numeric => rpl('346', channel, entry.mask, entry.setBy, String(entry.seconds))
export const endOfInviteExceptionList = (channel: string): Numeric =>
  rpl('347', channel, 'End of channel invite list')
export const banExceptionList = (
  channel: string,
  entry: { readonly mask: string; readonly setBy: string; readonly seconds: number },
): Numeric => rpl('348', channel, entry.mask, entry.setBy, String(entry.seconds))
export const endOfBanExceptionList = (channel: string): Numeric =>
  rpl('349', channel, 'End of channel exception list')
export const version = (text: string, server: string, comments: string): Numeric =>
  rpl('351', text, server, comments)
export const who = (fields: readonly string[]): Numeric => rpl('352', ...fields)
export const names = (symbol: string, channel: string, nicks: string): Numeric =>
  rpl('353', symbol, channel, nicks)
export const whoX = (fields: readonly string[]): Numeric => rpl('354', ...fields)
export const links = (server: string, info: string): Numeric =>
  rpl('364', server, server, `0 ${info}`)
export const endOfLinks = (mask: string): Numeric =>
  rpl('365', repeated(mask), 'End of /LINKS list')
export const endOfNames = (channel: string): Numeric =>
  rpl('366', repeated(channel), 'End of /NAMES list')
export const banList = (
  channel: string,
  entry: { readonly mask: string; readonly setBy: string; readonly seconds: number },
): Numeric => rpl('367', channel, entry.mask, entry.setBy, String(entry.seconds))
export const endOfBanList = (channel: string): Numeric =>
  rpl('368', channel, 'End of channel ban list')
export const endOfWhowas = (nick: string): Numeric => rpl('369', repeated(nick), 'End of WHOWAS')
export const info = (text: string): Numeric => rpl('371', text)
export const motd = (text: string): Numeric => rpl('372', `- ${text}`)
export const endOfInfo = (): Numeric => rpl('374', 'End of /INFO list')
export const motdStart = (server: string): Numeric =>
  rpl('375', `- ${server} Message of the day - `)
export const endOfMotd = (): Numeric => rpl('376', 'End of /MOTD command')
export const whoisModes = (nick: string, modes: string): Numeric =>
  rpl('379', nick, `is using modes ${modes}`)
export const youAreOperator = (): Numeric => rpl('381', 'You are now an IRC operator')
export const rehashing = (file: string): Numeric => rpl('382', file, 'Rehashing')
export const time = (server: string, text: string): Numeric => rpl('391', server, text)
export const whoisSecure = (nick: string): Numeric =>
  rpl('671', nick, 'is using a secure connection')
export const helpStart = (subject: string, text: string): Numeric => rpl('704', subject, text)
export const helpText = (subject: string, text: string): Numeric => rpl('705', subject, text)
export const endOfHelp = (subject: string, text: string): Numeric => rpl('706', subject, text)
export const knock = (channel: string, source: string, text: string): Numeric =>
  rpl('710', channel, source, text)
export const knockDelivered = (channel: string): Numeric =>
  rpl('711', channel, 'Your KNOCK has been delivered.')
export const monitorOnline = (sources: readonly string[]): Numeric => rpl('730', sources.join(','))
export const monitorOffline = (nicks: readonly string[]): Numeric => rpl('731', nicks.join(','))
export const monitorList = (nicks: readonly string[]): Numeric => rpl('732', nicks.join(','))
export const endOfMonitorList = (): Numeric => rpl('733', 'End of MONITOR list')
/** https://ircv3.net/specs/extensions/sasl-3.1#numerics-used-by-this-extension */
export const loggedIn = (source: string, account: string): Numeric =>
  rpl('900', source, account, `You are now logged in as ${account}`)
export const loggedOut = (source: string): Numeric => rpl('901', source, 'You are now logged out')
export const saslSuccess = (): Numeric => rpl('903', 'SASL authentication successful')
export const saslMechanisms = (mechanisms: readonly string[]): Numeric =>
  rpl('908', mechanisms.join(','), 'are available SASL mechanisms')
/** https://ircv3.net/specs/extensions/metadata#numerics; all of it is for everybody who may see the target. */
export const whoisKeyValue = (target: string, key: string, value: string): Numeric =>
  rpl('760', target, key, '*', value)
export const keyValue = (target: string, key: string, value: string): Numeric =>
  rpl('761', target, key, '*', value)
export const keyNotSet = (target: string, key: string): Numeric =>
  rpl('766', target, key, 'key not set')
export const metadataSubscribed = (keys: readonly string[]): Numeric => rpl('770', ...keys)
export const metadataUnsubscribed = (keys: readonly string[]): Numeric => rpl('771', ...keys)
export const metadataSubscriptions = (keys: readonly string[]): Numeric => rpl('772', ...keys)
export const metadataSyncLater = (target: string, retryAfter: number): Numeric =>
  rpl('774', target, String(retryAfter))
