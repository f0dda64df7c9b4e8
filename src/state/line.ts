import { CAP, hasCap, type Capabilities } from '../protocol/capabilities.ts'
import { formatMessage } from '../protocol/message.ts'
import { escapeTagValue } from '../protocol/tags.ts'
import { hasUserMode, type User } from './user.ts'

/** A line on its way out, before it is known with which tags the receiver wants it. */
export interface Line {
  readonly source?: string
  readonly command: string
  readonly params: readonly string[]
  /** ISO 8601, UTC, milliseconds. https://ircv3.net/specs/extensions/server-time */
  readonly time: string
  readonly msgid?: string
  readonly account?: string
  readonly bot?: true
  /** Client-only tags, formatted. */
  readonly clientTags?: string
  /** `draft/multiline-concat` */
  readonly concat?: true
  /** The reference of the batch that it stands in. */
  readonly batch?: string
  readonly label?: string
}

/** What a line says about the one who caused it. */
export function authorOf(user: User): Pick<Line, 'source' | 'account' | 'bot'> {
  const bot = hasUserMode(user, 'B')
  if (user.account === undefined && !bot) return { source: user.source }
  return {
    source: user.source,
    ...(user.account === undefined ? {} : { account: user.account }),
    ...(bot ? { bot } : {}),
  }
}

/** The line with the tags that `caps` allow, and its line end. */
export function formatLine(line: Line, caps: Capabilities): string {
  return `${tagsOf(line, caps)}${formatMessage(line.source, line.command, line.params)}\r\n`
}

function tagsOf(line: Line, caps: Capabilities): string {
  if ((caps & TAGGED) === 0) return ''
  let tags = ''
  if (line.label !== undefined) tags += `;label=${escapeTagValue(line.label)}`
  if (line.batch !== undefined && hasCap(caps, CAP.batch)) tags += `;batch=${line.batch}`
  if (line.concat !== undefined && hasCap(caps, CAP.multiline)) tags += ';draft/multiline-concat'
  if (hasCap(caps, CAP.serverTime)) tags += `;time=${line.time}`
  if (line.account !== undefined && hasCap(caps, CAP.accountTag)) {
    tags += `;account=${escapeTagValue(line.account)}`
  }
  if (hasCap(caps, CAP.messageTags)) {
    if (line.msgid !== undefined) tags += `;msgid=${line.msgid}`
    if (line.bot !== undefined) tags += ';bot'
    if (line.clientTags !== undefined && line.clientTags !== '') tags += `;${line.clientTags}`
  }
  return tags === '' ? '' : `@${tags.slice(1)} `
}

/** With none of these, a line has no tags. */
const TAGGED =
  CAP.messageTags |
  CAP.serverTime |
  CAP.accountTag |
  CAP.batch |
  CAP.labeledResponse
