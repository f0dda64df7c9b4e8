/** What MODE lines change in rooms that are known. */
import { foldName, setConversation, type Core } from './core.ts'
import { modeChanges, type ModeChange } from './mode-changes.ts'
import type { Conversation, ListEntry } from './model.ts'
import { MOST } from './most.ts'

export function takeModes(core: Core, id: string, letters: string, args: readonly string[]): void {
  for (const change of modeChanges(core.view.parts.server, letters, args)) takeOne(core, id, change)
}

function takeOne(core: Core, id: string, { sign, letter, of }: ModeChange): void {
  switch (of.kind) {
    case 'rank':
      return takeRank(core, id, { sign, prefix: of.prefix, nick: of.nick })
    case 'entry':
      return takeEntry(core, id, { sign, letter, mask: of.mask })
    case 'setting': {
      const conversation = core.view.conversations.get(id)
      if (conversation === undefined) return
      const argument = sign === '+' ? of.argument : undefined
      const next = withFlag(conversation, letter, sign)
      return core.view.conversations.set(id, withArgument(next, letter, argument))
    }
    default:
      return of satisfies never
  }
}

function withFlag(conversation: Conversation, letter: string, sign: '+' | '-'): Conversation {
  const others = conversation.modes.replace('+', '').replace(letter, '')
  const modes = sign === '+' ? others + letter : others
  return { ...conversation, modes: modes === '' ? '' : `+${modes}` }
}

function withArgument(
  conversation: Conversation,
  letter: string,
  argument: string | undefined,
): Conversation {
  if (letter === 'k') {
    const { key: _key, ...rest } = conversation
    return argument === undefined ? rest : { ...rest, key: argument }
  }
  if (letter !== 'l') return conversation
  const { limit: _limit, ...rest } = conversation
  const limit = Number(argument)
  return Number.isFinite(limit) ? { ...rest, limit } : rest
}

interface RankChange {
  readonly sign: '+' | '-'
  readonly prefix: string
  readonly nick: string
}

function takeRank(core: Core, id: string, { sign, prefix, nick }: RankChange): void {
  const key = foldName(core, nick)
  const member = core.view.members(id).get(key)
  if (member === undefined) return
  const order = core.view.parts.server.ranks.map((rank) => rank.prefix)
  const held = new Set(member.ranks)
  if (sign === '+') held.add(prefix)
  else held.delete(prefix)
  const ranks = order.filter((one) => held.has(one)).join('')
  core.view.members(id).set(key, { key, ranks })
  if (key === core.view.parts.self.key) setConversation(core, id, { ownRanks: ranks })
}

function takeEntry(
  core: Core,
  id: string,
  {
    sign,
    letter,
    mask,
  }: { readonly sign: '+' | '-'; readonly letter: string; readonly mask: string },
): void {
  const conversation = core.view.conversations.get(id)
  // Who hasn't asked for a list doesn't have a part of it.
  const known = conversation?.lists[letter]
  if (conversation === undefined || known === undefined || mask === '') return
  const others = known.filter((entry) => entry.mask !== mask)
  setList(core, id, letter, sign === '+' ? [...others, { mask }] : others)
}

export function setList(core: Core, id: string, mode: string, entries: readonly ListEntry[]): void {
  const conversation = core.view.conversations.get(id)
  if (conversation === undefined) return
  const lists = { ...conversation.lists, [mode]: entries.slice(0, MOST.listEntries) }
  setConversation(core, id, { lists })
}
