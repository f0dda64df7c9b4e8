import { findSlash } from '../../client/slash-table.ts'
import type { Language } from '../catalogue.ts'
import { chatWords } from './chat-words.ts'
import type { ChatState, ListOf } from './chat-state.ts'
import { asks, intends, step, told } from './effect.ts'
import type { Step } from './effect.ts'
import { searchQuery } from './search-query.ts'
import { THEMES } from './theme.ts'

type Command = (state: ChatState, rest: string) => Step

/** Commands of the interface itself; undefined: it is none. */
export function localCommand(state: ChatState, text: string): Step | undefined {
  const [, name = '', rest = ''] = /^\/(\p{L}+)(?:\s+([^]*))?$/u.exec(text) ?? []
  const known = findSlash(name)?.name ?? name.toLowerCase()
  return COMMANDS.get(known)?.(state, rest.trim())
}

/** Those that the table of all clients has not. */
export const LOCAL_ONLY = ['theme', 'language', 'mentions'] as const

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['help', (state, rest) => step(listed(state, 'help', rest))],
  ['theme', withTheme],
  ['language', withLanguage],
  ['quit', left],
  ['search', searched],
  ['list', (state, rest) => intends(listed(state, 'directory', rest), { kind: 'listRooms' })],
  ['mentions', (state) => step(listed(state, 'mentions', ''))],
  ['bans', (state) => listedBans(state)],
  ['whois', askedWhois],
])

function listed(state: ChatState, of: ListOf, query: string): ChatState {
  return { ...state, panel: { kind: 'list', of, query, index: 0 } }
}

function listedBans(state: ChatState): Step {
  const { open } = state
  if (open === undefined) return step(told(state, state.say('joinFirst')))
  const intent = { kind: 'loadList', conversation: open, mode: 'b' } as const
  return asks(listed(state, 'bans', ''), intent, { kind: 'notice' })
}

function withTheme(state: ChatState, name: string): Step {
  const theme = THEMES.find((one) => one === name)
  if (theme === undefined) {
    return step(told(state, state.say('themeUnknown', { themes: THEMES.join(', ') })))
  }
  return step(told({ ...state, theme }, state.say('themeNow', { theme }), 'good'))
}

function withLanguage(state: ChatState, name: string): Step {
  const language: Language | undefined = name === 'en' || name === 'ko' ? name : undefined
  if (language === undefined) return step(told(state, state.say('languageUnknown')))
  const say = chatWords(language)
  return step(told({ ...state, language, say }, say('languageNow'), 'good'))
}

function left(state: ChatState, reason: string): Step {
  return step(state, reason === '' ? { kind: 'leave' } : { kind: 'leave', reason })
}

function searched(state: ChatState, rest: string): Step {
  const panel = listed(state, 'search', rest)
  return rest === '' ? step(panel) : intends(panel, { kind: 'search', query: searchQuery(rest) })
}

function askedWhois(state: ChatState, rest: string): Step {
  const nick = rest.split(/\s+/, 1)[0] ?? ''
  const whom = nick === '' ? state.model.self.nick : nick
  const after = { ...listed(state, 'whois', ''), model: withoutWhois(state.model) }
  return asks(after, { kind: 'whois', nick: whom }, { kind: 'notice' })
}

/** What was asked before is not shown as an answer to this. */
function withoutWhois({ whois: _whois, ...model }: ChatState['model']): ChatState['model'] {
  return model
}
