import { CAP, hasCap, type Capabilities } from '../protocol/capabilities.ts'
import { formatMessage } from '../protocol/message.ts'
import { escapeTagValue } from '../protocol/tags.ts'
import { hasUserMode, type User } from './user.ts'

/** A line on its way out, before it is known with which tags the receiver wants it. */
export interface Line {
  readonly source?: string | undefined
  readonly command: string
  readonly params: readonly string[]
  /** ISO 8601, UTC, milliseconds. https://ircv3.net/specs/extensions/server-time */
  readonly time: string
  readonly msgid?: string | undefined
  readonly account?: string | undefined
  readonly bot?: boolean | undefined
  /** Client-only tags, formatted. */
  readonly clientTags?: string | undefined
  /** `draft/multiline-concat` */
  readonly concat?: boolean | undefined
  /** The reference of the batch that it stands in. */
  readonly batch?: string | undefined
  readonly label?: string | undefined
  /** docs/client-msgid.md */
  readonly clientMsgid?: string | undefined
}

/** What people said, beyond the words. */
export type Extras = Pick<Line, 'msgid' | 'clientTags' | 'concat' | 'batch'>

const NO_EXTRAS: Extras = {}

/** A line that `user` caused. All of them have the same shape: a room hears many in a turn. */
export function lineBy(
  user: User,
  command: string,
  params: readonly string[],
  time: string,
  { msgid, clientTags, concat, batch }: Extras = NO_EXTRAS,
): Line {
  const bot = hasUserMode(user, 'B')
  const { source, account } = user
  return { source, command, params, time, msgid, account, bot, clientTags, concat, batch }
}

/** The line with the tags that `caps` allow, and its line end. */
export function formatLine(line: Line, caps: Capabilities): string {
  return `${tagsOf(line, caps)}${formatMessage(line.source, line.command, line.params)}\r\n`
}

function tagsOf(line: Line, caps: Capabilities): string {
  if ((caps & TAGGED) === 0) return ''
  let tags = answerTagsOf(line, caps)
  if (hasCap(caps, CAP.batch)) tags += batchTagsOf(line, caps)
  if (hasCap(caps, CAP.serverTime)) tags += `;time=${line.time}`
  if (line.account !== undefined && hasCap(caps, CAP.accountTag)) {
    tags += `;account=${escapeTagValue(line.account)}`
  }
  if (hasCap(caps, CAP.messageTags)) tags += messageTagsOf(line)
  return tags === '' ? '' : `@${tags.slice(1)} `
}

/** To whose own line it is an answer. */
function answerTagsOf({ label, clientMsgid }: Line, caps: Capabilities): string {
  const tag = label === undefined ? '' : `;label=${escapeTagValue(label)}`
  if (clientMsgid === undefined || !hasCap(caps, CAP.clientMsgid)) return tag
  return `${tag};maru.chat/client-msgid=${escapeTagValue(clientMsgid)}`
}

function batchTagsOf({ batch, concat }: Line, caps: Capabilities): string {
  const tag = batch === undefined ? '' : `;batch=${batch}`
  return concat === true && hasCap(caps, CAP.multiline) ? `${tag};draft/multiline-concat` : tag
}

/** What clients see that know tags, and asked for none in particular. */
function messageTagsOf({ msgid, bot, clientTags = '' }: Line): string {
  let tags = ''
  if (msgid !== undefined) tags += `;msgid=${msgid}`
  if (bot === true) tags += ';bot'
  if (clientTags !== '') tags += `;${clientTags}`
  return tags
}

/** With none of these, a line has no tags. */
const TAGGED =
  CAP.messageTags |
  CAP.serverTime |
  CAP.accountTag |
  CAP.batch |
  CAP.labeledResponse |
  CAP.clientMsgid
