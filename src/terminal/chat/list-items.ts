import type { Line } from '../line.ts'
import type { ChatState, Panel } from './chat-state.ts'
import { banItems } from './lists/ban-items.ts'
import { directoryItems } from './lists/directory-items.ts'
import { helpItems } from './lists/help-items.ts'
import { mentionItems } from './lists/mention-items.ts'
import { reactionItems } from './lists/reaction-items.ts'
import { searchItems } from './lists/search-items.ts'
import { switcherItems } from './lists/switcher-items.ts'
import { whoisItems } from './lists/whois-items.ts'

/** What Enter does to a line of a list. */
export type ListAct =
  | { readonly kind: 'go'; readonly id: string | undefined }
  | { readonly kind: 'join'; readonly name: string }
  | { readonly kind: 'talk'; readonly nick: string }
  | { readonly kind: 'jump'; readonly target: string; readonly msgid: string }
  | { readonly kind: 'react'; readonly emoji: string }
  | { readonly kind: 'searchMore' }

export interface ListItem {
  readonly line: Line
  /** Absent: nothing, it is only to be read. */
  readonly act?: ListAct
}

export type ListPanel = Extract<Panel, { kind: 'list' }>

export function listItems(state: ChatState, panel: ListPanel): readonly ListItem[] {
  const { of, query } = panel
  switch (of) {
    case 'bans':
      return banItems(state)
    case 'switcher':
      return switcherItems(state, query)
    case 'search':
      return searchItems(state)
    case 'directory':
      return directoryItems(state, query)
    case 'mentions':
      return mentionItems(state)
    case 'reaction':
      return reactionItems(query)
    case 'help':
      return helpItems(state, query)
    case 'whois':
      return whoisItems(state)
    default:
      return of satisfies never
  }
}
