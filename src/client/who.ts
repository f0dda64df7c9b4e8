/**
 * Who is here and who is away, has which account, is a bot: names alone don't tell, so it is asked. One question at a
 * time, what is on the screen first: nothing that people do waits behind these.
 */
import { ask, foldName, hasCap, type Core } from './core.ts'
import type { Conversation } from './model.ts'
import { learnPerson } from './people.ts'

/** What belongs to one connection. */
export interface WhoBook {
  /** Conversations whose people are to be asked for. */
  readonly wanted: Set<string>
  /** Conversations whose people have been asked for. */
  readonly asked: Set<string>
  isAsking: boolean
}

/** Of our own questions, in their extended form. */
const TOKEN = '77'
const FIELDS = `%tuhnfar,${TOKEN}`
/** In a bigger room the answer would be too much. */
const MOST_MEMBERS = 500
/** From an answer to the next question: a server's budget for us is not for these. */
const PAUSE_MS = 1000

/** Once for each time that one comes into a room. Otherwise than by being told, what was learnt would soon be wrong. */
export function wantWho(core: Core, { id }: Conversation): void {
  const { who, isupport } = core.link
  const isOfUse = isupport.has('WHOX') || hasCap(core, 'away-notify')
  if (!isOfUse || who.asked.has(id)) return
  who.wanted.add(id)
  askNext(core)
}

function askNext(core: Core): void {
  const { link } = core
  const { who } = link
  if (who.isAsking) return
  const looksAt = core.wish.looksAt?.conversation ?? ''
  const ids = who.wanted.has(looksAt) ? [looksAt, ...who.wanted] : [...who.wanted]
  const conversation = ids.map((id) => core.view.conversations.get(id)).find(isAskable)
  if (conversation === undefined) return who.wanted.clear()
  who.wanted.delete(conversation.id)
  who.asked.add(conversation.id)
  who.isAsking = true
  const isExtended = link.isupport.has('WHOX')
  const params = isExtended ? [conversation.name, FIELDS] : [conversation.name]
  ask(core, { lines: [{ command: 'WHO', params }] }, () => {
    core.timers.set('who', core.clock.monotonic() + PAUSE_MS, () => {
      who.isAsking = false
      if (core.link === link) askNext(core)
    })
  })
}

function isAskable(conversation: Conversation | undefined): conversation is Conversation {
  if (conversation === undefined) return false
  const { kind, standing, memberCount } = conversation
  return kind === 'direct' || (standing === 'joined' && memberCount <= MOST_MEMBERS)
}

/** `<channel> <user> <host> <server> <nick> <flags> :<hops> <real name>` https://modern.ircdocs.horse/#rplwhoreply-352 */
export function takeWhoReply(core: Core, params: readonly string[]): void {
  const [, userName = '', host = '', , nick = '', flags = '', last = ''] = params
  learn(core, nick, flags, { userName, host, realName: last.slice(last.indexOf(' ') + 1) })
}

/** The fields in their order, which is not the one in which they are asked for. https://ircv3.net/specs/extensions/whox */
export function takeWhoX(core: Core, params: readonly string[]): void {
  const [token, userName = '', host = '', nick = '', flags = '', account, realName = ''] = params
  if (token !== TOKEN) return
  const isLoggedIn = account !== '0' && account !== '*'
  learn(core, nick, flags, {
    userName,
    host,
    realName,
    account: isLoggedIn ? account : undefined,
  })
}

interface Facts {
  readonly userName: string
  readonly host: string
  readonly realName: string
  readonly account?: string | undefined
}

/** `H` here, `G` gone: away. The mark of bots is what BOT= says. */
function learn(core: Core, nick: string, flags: string, facts: Facts): void {
  const person = core.view.people.get(foldName(core, nick))
  if (person === undefined) return
  const bot = core.link.isupport.get('BOT')
  const isAway = flags.startsWith('G')
  // Where nobody says when it changes, it is soon wrong.
  const presence = {
    presence: isAway ? 'away' : 'here',
    away: isAway ? (person.away ?? '') : undefined,
  } as const
  learnPerson(core, nick, {
    ...facts,
    ...(hasCap(core, 'away-notify') ? presence : {}),
    isBot: bot !== undefined && bot !== '' && flags.includes(bot),
  })
}
