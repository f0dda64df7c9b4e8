import { CAP, hasCap, type Capabilities } from '../protocol/capabilities.ts'
import { rankPrefix } from '../protocol/modes.ts'
import { serverTime } from '../protocol/server-time.ts'
import { accountOfPerson } from './conversation.ts'
import type { Line } from './line.ts'
import { messageLines, textsOf } from './playback-message.ts'
import { FLAG, type StoredEvent } from './record.ts'

/** Where an event took place, as the one who asks sees it now. */
export type Scene =
  | { readonly kind: 'room'; readonly name: string }
  /** Both as they are called now: clients sort messages by nicks. */
  | {
      readonly kind: 'pair'
      readonly me: { readonly person: string; readonly nick: string; readonly source: string }
      readonly other: string
    }

export interface PlaybackView {
  readonly caps: Capabilities
  readonly scene: Scene
  readonly serverName: string
  /** What an account is called, by its key. */
  readonly accountName: (key: string) => string
  /** For clients that don't know `server-time`: the text begins with its date, as seen at this moment. */
  readonly datedAtMs?: number
}

/**
 * What a client with these capabilities gets to see of an event of the past: at least one line, so that a
 * page with something in it never looks like the end. What the client can't understand is said in words.
 */
export function playback(event: StoredEvent, view: PlaybackView): readonly Line[] {
  // No page has it; if one had, its content would be gone all the same.
  if ((event.flags & FLAG.redacted) !== 0) return []
  switch (event.command) {
    case 'PRIVMSG':
    case 'NOTICE':
      return messageLines(headOf(event, view), textsOf(event), view)
    case 'TAGMSG':
      return [headOf(event, view)]
    default:
      return [happening(event, view)]
  }
}

/** A message without its text: whom it came from, to whom, when, and what it was called. */
function headOf(event: StoredEvent, view: PlaybackView): Line {
  return {
    ...frameOf(event, view),
    source: sourceFor(event, view.scene),
    params: [targetFor(event, view.scene)],
    clientTags: isCleanTags(event.clientTags) ? event.clientTags : '',
  }
}

function frameOf(event: StoredEvent, { accountName }: PlaybackView): Line {
  const { command, source, person, timeMs, msgid, flags } = event
  const bot = (flags & FLAG.bot) !== 0
  const key = accountOfPerson(person)
  const account = key === undefined ? undefined : accountName(key)
  return { source, command, params: [], time: serverTime(timeMs), msgid, account, bot }
}

/** "servers may wish to rewrite the sources or targets of messages to correspond to the current nicknames" */
function sourceFor({ source, person }: StoredEvent, scene: Scene): string {
  if (scene.kind === 'room') return source
  if (person === scene.me.person) return scene.me.source
  const end = source.indexOf('!')
  return end < 0 ? source : scene.other + source.slice(end)
}

function targetFor({ person, least }: StoredEvent, scene: Scene): string {
  if (scene.kind === 'room') return `${rankPrefix(least)}${scene.name}`
  return person === scene.me.person ? scene.other : scene.me.nick
}

/** What isn't a message: `draft/event-playback`. Only rooms have such events. */
function happening(event: StoredEvent, view: PlaybackView): Line {
  const { caps, scene, serverName } = view
  const frame = frameOf(event, view)
  const words = wordsOf(event.body)
  const room = scene.kind === 'room' ? scene.name : scene.other
  switch (event.command) {
    case 'JOIN':
      return { ...frame, params: hasCap(caps, CAP.extendedJoin) ? [room, ...words] : [room] }
    case 'QUIT':
    case 'NICK':
      return { ...frame, params: words }
    case 'RENAME': {
      if (hasCap(caps, CAP.channelRename)) return { ...frame, params: words }
      const [before = '', after = '', reason = ''] = words
      const text = `${event.source} renamed ${before} to ${after}: ${reason}`
      return { ...frame, source: serverName, command: 'NOTICE', params: [room, text] }
    }
    default:
      return { ...frame, params: [room, ...words] }
  }
}

/** Nothing that is kept can make a line into two, or stop a page from being shown. */
function wordsOf(body: string): string[] {
  try {
    const words: unknown = JSON.parse(body)
    return Array.isArray(words) ? words.map((word) => clean(String(word))) : []
  } catch {
    return []
  }
}

function clean(text: string): string {
  return text.replaceAll(BREAKS, ' ')
}

// oxlint-disable-next-line no-control-regex -- the three bytes that end a line
const BREAKS = /[\0\r\n]/g
// oxlint-disable-next-line no-control-regex -- and a space, which ends tags
const TAG_BREAK = /[\0\r\n ]/

function isCleanTags(tags: string): boolean {
  return !TAG_BREAK.test(tags)
}
