import { foldCase } from '../protocol/casemap.ts'
import {
  CHANNEL_MODES,
  RANK,
  type ChannelFlag,
  type ListMode,
  type ModeChange,
  type RankMode,
} from '../protocol/modes.ts'
import { hasFlag, type Channel } from '../state/channel.ts'
import type { User } from '../state/user.ts'

/**
 * What a channel's modes are to be once a whole MODE line is done. It is compared with what they are, so
 * that only what really changes is announced, and each of it once.
 */
export interface Draft {
  readonly channel: Channel
  readonly slots: Map<string, Slot>
}

/** One thing that is set or isn't. `undefined`: not set; a flag that is set is `''`. */
interface Slot {
  readonly mode: string
  readonly before: string | undefined
  after: string | undefined
}

export function openDraft(channel: Channel): Draft {
  return { channel, slots: new Map() }
}

/** Sets a flag (to `''`), a key, a limit or a forward; `undefined` takes it away. */
export function draftSetting(draft: Draft, mode: string, value: string | undefined): void {
  slotOf(draft, mode, { subject: '', before: settingOf(draft.channel, mode) }).after = value
}

export function draftRank(draft: Draft, mode: RankMode, user: User, sign: '+' | '-'): void {
  const ranks = draft.channel.members.get(user)?.ranks ?? 0
  const before = (ranks & RANK[mode]) === 0 ? undefined : user.nick
  const slot = slotOf(draft, mode, { subject: foldCase(user.nick), before })
  slot.after = sign === '+' ? user.nick : undefined
}

/** False when the list is full, which holds `most`. A mask that is there in another case is the same. */
export function draftEntry(
  draft: Draft,
  {
    mode,
    mask,
    sign,
  }: { readonly mode: ListMode; readonly mask: string; readonly sign: '+' | '-' },
  most: number,
): boolean {
  const subject = foldCase(mask)
  const entries = draft.channel.lists[mode]
  const before = entries.find((entry) => foldCase(entry.mask) === subject)?.mask
  const slot = slotOf(draft, mode, { subject, before })
  if (sign === '-') {
    slot.after = undefined
    return true
  }
  if (slot.after !== undefined) return true
  if (entriesOf(draft, mode) >= most) return false
  slot.after = before ?? mask
  return true
}

/** The difference that the draft makes, in the order in which it was asked for. */
export function changesOf({ slots }: Draft): ModeChange[] {
  return [...slots.values()].flatMap((slot) => changeOf(slot))
}

function changeOf({ mode, before, after }: Slot): ModeChange[] {
  if (before === after) return []
  const kind = CHANNEL_MODES.get(mode)?.kind
  if (after !== undefined) {
    return [kind === 'flag' ? { sign: '+', mode } : { sign: '+', mode, argument: after }]
  }
  if (kind === 'flag' || kind === 'argumentWhenSet') return [{ sign: '-', mode }]
  // "These modes MUST always have a parameter": a star stands for the key that is gone.
  return [{ sign: '-', mode, argument: kind === 'argument' ? '*' : (before ?? '*') }]
}

function slotOf(
  { slots }: Draft,
  mode: string,
  { subject, before }: { readonly subject: string; readonly before: string | undefined },
): Slot {
  const key = `${mode} ${subject}`
  const known = slots.get(key)
  if (known !== undefined) return known
  const slot = { mode, before, after: before }
  slots.set(key, slot)
  return slot
}

function settingOf(channel: Channel, mode: string): string | undefined {
  switch (mode) {
    case 'k':
      return channel.key
    case 'l':
      return channel.memberLimit?.toString()
    case 'f':
      return channel.forward
    default:
      return hasFlag(channel, mode as ChannelFlag) ? '' : undefined
  }
}

function entriesOf({ channel, slots }: Draft, mode: ListMode): number {
  let count = channel.lists[mode].length
  for (const slot of slots.values()) {
    if (slot.mode !== mode) continue
    count += Number(slot.after !== undefined) - Number(slot.before !== undefined)
  }
  return count
}
