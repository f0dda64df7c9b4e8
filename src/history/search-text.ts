import type { FLAG, StoredEvent } from '../state/record.ts'
import { REDACTED } from './event-row.ts'
import { foldText } from './search-fold.ts'

/** What of an event can be found. */
export interface SearchText {
  /** Folded. */
  readonly text: string
  readonly hasLink: boolean
}

/** Undefined for what isn't a message, and for one whose content is gone. */
export function searchTextOf(event: StoredEvent): SearchText | undefined {
  if (event.command !== 'PRIVMSG' && event.command !== 'NOTICE') return undefined
  if ((event.flags & REDACTED) !== 0) return undefined
  const said = (event.flags & MULTILINE) === 0 ? event.body : joinLines(event.body)
  const text = foldText(said.startsWith(CTCP_ACTION) ? said.slice(CTCP_ACTION.length) : said)
  return { text, hasLink: LINK.test(said) }
}

const MULTILINE: (typeof FLAG)['multiline'] = 2

/** `/me`. https://modern.ircdocs.horse/ctcp#action */
const CTCP_ACTION = '\x01ACTION '
const LINK = /\b(?:[a-z][a-z\d+.-]*:\/\/|www\.)[^\s/]/i

/** https://ircv3.net/specs/extensions/multiline: a line with `concat` goes on where the one before it ends. */
function joinLines(body: string): string {
  const lines = JSON.parse(body) as readonly (readonly [text: string, concat: boolean])[]
  return lines.map(([text, concat], index) => (concat || index === 0 ? text : `\n${text}`)).join('')
}
