import { foldCase } from '../protocol/casemap.ts'
import { CAP, hasCap } from '../protocol/capabilities.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { monitorOffline, monitorOnline } from '../protocol/replies.ts'
import { NOBODY } from '../io/engine.ts'
import { audienceOf } from '../state/audience.ts'
import type { Event } from '../state/event.ts'
import type { Said } from '../state/message-event.ts'
import { formatLine, type Line } from '../state/line.ts'
import { asNumerics, render, renderTo, type RenderContext } from '../state/render.ts'
import type { Session } from '../state/session.ts'
import type { User } from '../state/user.ts'
import type { Core } from './core.ts'
import { isoTime } from './iso-time.ts'
import type { Entry } from './ledger.ts'
import { addSaid, type Response } from './response.ts'

/**
 * Says an event to all who are to hear it. The bytes are made once for each delivery class, and the
 * engine is handed one cast: nothing here loops over the members of a room. Whoever caused the event by
 * a command gets the own copy with the response to it, where its label belongs.
 */
export function deliver(core: Core, event: Event, entry?: Entry, response?: Response): void {
  const isMessage = (event.kind === 'said' && entry !== undefined) || event.kind === 'redacted'
  if (!isMessage) return say(core, event, entry, response)
  if (response !== undefined) addSaid(response, event)
  core.engine.asMessage(() => say(core, event, entry, response))
}

function say(core: Core, event: Event, entry?: Entry, response?: Response): void {
  const context = renderContext(core, entry)
  const { rooms, sessions } = audienceOf(core.network, event)
  const author = authorSession(event, response)
  if (author?.user !== undefined && hearsItself(event, author)) {
    response?.lines.push(...ownCopy(event, author, context))
  }
  if (rooms.length > 0) castTo(core, rooms, event, { context, except: author?.id ?? NOBODY })
  for (const session of sessions) {
    if (session === author && !isToSelf(event)) continue
    if (session.user === undefined) continue
    sendLines(core, session, renderTo(session.user, event, session.caps, context))
  }
  tellWatchers(core, event)
  core.observe(event)
}

/** What its author gets to see of what they said; nothing unless they want to. */
export function echoOf(core: Core, said: Said, entry: Entry, author: Session): readonly Line[] {
  return hearsItself(said, author) ? ownCopy(said, author, renderContext(core, entry)) : []
}

function ownCopy(event: Event, author: Session, context: RenderContext): readonly Line[] {
  if (author.user === undefined) return []
  const lines = renderTo(author.user, event, author.caps, context)
  const [first, ...rest] = lines
  if (event.kind !== 'said' || event.clientMsgid === undefined || first === undefined) return lines
  return [{ ...first, clientMsgid: event.clientMsgid.id }, ...rest]
}

export function renderContext(core: Core, entry?: Entry): RenderContext {
  const serverName = core.server.name
  if (entry === undefined) return { serverName, time: isoTime(core.clock.now()) }
  return { serverName, time: isoTime(entry.timeMs), msgid: entry.msgid }
}

export function sendLines(core: Core, session: Session, lines: readonly Line[]): void {
  if (lines.length === 0) return
  let text = ''
  for (const line of lines) text += formatLine(line, session.caps)
  core.engine.send(session.id, text)
}

export function sendNumerics(core: Core, session: Session, numerics: readonly Numeric[]): void {
  sendLines(core, session, asNumerics(session.user ?? session, numerics, renderContext(core)))
}

function castTo(
  core: Core,
  rooms: readonly number[],
  event: Event,
  { context, except }: { context: RenderContext; except: number },
): void {
  const variants = new Map<number, string>()
  for (const deliveryClass of core.rooms.in(rooms)) {
    let text = ''
    for (const line of render(event, deliveryClass, context))
      text += formatLine(line, deliveryClass)
    if (text !== '') variants.set(deliveryClass, text)
  }
  if (variants.size > 0) core.engine.cast(rooms, variants, except)
}

/** The session whose command this event is, if it is the author's own. */
function authorSession(event: Event, response: Response | undefined): Session | undefined {
  const session = response?.session
  if (session?.user === undefined) return undefined
  return authorOf(event) === session.user ? session : undefined
}

function authorOf(event: Event): User | undefined {
  if (event.kind === 'said' || event.kind === 'kicked') return event.by
  if (event.kind === 'loggedIn') return event.session.user
  if ('by' in event && typeof event.by === 'object') return event.by
  return 'user' in event ? event.user : undefined
}

function hearsItself(event: Event, author: Session): boolean {
  switch (event.kind) {
    case 'said':
      return hasCap(author.caps, CAP.echoMessage)
    case 'quit':
    case 'awayChanged':
    case 'invited':
    case 'knocked':
    // The command says it with a numeric.
    case 'metadataChanged':
      return false
    case 'channelRenamed':
      // Who renames it from outside must not look as if they came in.
      return author.user !== undefined && event.channel.members.has(author.user)
    case 'wallops':
      return author.user?.modes.includes('w') === true
    default:
      return true
  }
}

/** A message to oneself is received as well as, for those who want it, echoed. */
function isToSelf(event: Event): boolean {
  return event.kind === 'said' && event.target.kind === 'user' && event.target.user === event.by
}

/** https://ircv3.net/specs/extensions/monitor */
function tellWatchers(core: Core, event: Event): void {
  switch (event.kind) {
    case 'registered':
      return tellWatchersOf(core, event.user.nick, monitorOnline([event.user.source]))
    case 'quit':
      return tellWatchersOf(core, event.user.nick, monitorOffline([event.user.nick]))
    case 'renamed': {
      const { user, nick } = event
      if (foldCase(user.nick) === foldCase(nick)) return
      tellWatchersOf(core, user.nick, monitorOffline([user.nick]))
      tellWatchersOf(core, nick, monitorOnline([`${nick}!${user.userName}@${user.host}`]))
      return
    }
    default:
  }
}

function tellWatchersOf(core: Core, nick: string, numeric: Numeric): void {
  for (const session of core.network.monitors.get(foldCase(nick)) ?? []) {
    sendNumerics(core, session, [numeric])
  }
}
