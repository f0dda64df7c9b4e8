/**
 * The modes, as data: what ISUPPORT says, who may set what, and how a MODE line is read, all come from
 * these tables. https://modern.ircdocs.horse/#channel-modes
 */

/** Ranks in a channel, highest first. https://modern.ircdocs.horse/#channel-membership-prefixes */
export const RANKS = [
  { mode: 'q', prefix: '~', name: 'founder' },
  { mode: 'a', prefix: '&', name: 'admin' },
  { mode: 'o', prefix: '@', name: 'operator' },
  { mode: 'h', prefix: '%', name: 'half-operator' },
  { mode: 'v', prefix: '+', name: 'voice' },
] as const

export type RankMode = (typeof RANKS)[number]['mode']

/** A set of ranks as bits: `q` is 16, `a` 8, `o` 4, `h` 2, `v` 1; the higher number outranks the lower. */
export type Ranks = number

export const RANK: Readonly<Record<RankMode, Ranks>> = { q: 16, a: 8, o: 4, h: 2, v: 1 }
export const VOICE: Ranks = RANK.v
export const HALFOP: Ranks = RANK.h
export const OPERATOR: Ranks = RANK.o
export const ADMIN: Ranks = RANK.a
export const FOUNDER: Ranks = RANK.q

export type ListMode = 'b' | 'e' | 'I'
export const LIST_MODES: readonly ListMode[] = ['b', 'e', 'I']

/** Channel modes that are on or off. */
export type ChannelFlag = 'C' | 'M' | 'R' | 'i' | 'm' | 'n' | 's' | 't'
export const CHANNEL_FLAGS: readonly ChannelFlag[] = ['C', 'M', 'R', 'i', 'm', 'n', 's', 't']

/** Kinds as in CHANMODES: lists; always an argument; an argument when set; never one. */
export type ModeKind = 'rank' | 'list' | 'argument' | 'argumentWhenSet' | 'flag'

export interface ChannelModeRow {
  readonly mode: string
  readonly kind: ModeKind
  /** Least rank that may change it. */
  readonly least: Ranks
}

export const CHANNEL_MODES: ReadonlyMap<string, ChannelModeRow> = new Map(
  (
    [
      { mode: 'q', kind: 'rank', least: FOUNDER },
      { mode: 'a', kind: 'rank', least: FOUNDER },
      { mode: 'o', kind: 'rank', least: OPERATOR },
      { mode: 'h', kind: 'rank', least: OPERATOR },
      { mode: 'v', kind: 'rank', least: HALFOP },
      { mode: 'b', kind: 'list', least: HALFOP },
      { mode: 'e', kind: 'list', least: HALFOP },
      { mode: 'I', kind: 'list', least: HALFOP },
      { mode: 'k', kind: 'argument', least: HALFOP },
      { mode: 'f', kind: 'argumentWhenSet', least: OPERATOR },
      { mode: 'l', kind: 'argumentWhenSet', least: HALFOP },
      ...CHANNEL_FLAGS.map((mode) => ({ mode, kind: 'flag', least: HALFOP }) as const),
    ] satisfies ChannelModeRow[]
  ).map((row) => [row.mode, row]),
)

/** User modes. B: bot, R: no messages from strangers, i: invisible, o: operator, w: hears WALLOPS. */
export type UserMode = 'B' | 'R' | 'i' | 'o' | 'w'
export const USER_MODES: readonly UserMode[] = ['B', 'R', 'i', 'o', 'w']

/** ISUPPORT CHANMODES. */
export function chanmodes(): string {
  const kinds: readonly ModeKind[] = ['list', 'argument', 'argumentWhenSet', 'flag']
  return kinds.map((kind) => lettersOf(kind).join('')).join(',')
}

/** ISUPPORT PREFIX. */
export function prefixToken(): string {
  return `(${RANKS.map((rank) => rank.mode).join('')})${RANKS.map((rank) => rank.prefix).join('')}`
}

function lettersOf(kind: ModeKind): string[] {
  return [...CHANNEL_MODES.values()].filter((row) => row.kind === kind).map((row) => row.mode)
}

/** All prefixes that a member has, highest first: `~@`. */
export function prefixesOf(ranks: Ranks): string {
  let text = ''
  for (const { mode, prefix } of RANKS) if ((ranks & RANK[mode]) !== 0) text += prefix
  return text
}

/** The highest prefix that a member has, or nothing. */
export function prefixOf(ranks: Ranks): string {
  for (const { mode, prefix } of RANKS) if ((ranks & RANK[mode]) !== 0) return prefix
  return ''
}

/** The prefix of a STATUSMSG that asks for this rank; nothing for 0. */
export function rankPrefix(least: Ranks): string {
  return RANKS.find(({ mode }) => RANK[mode] === least)?.prefix ?? ''
}

/** The rank that a STATUSMSG prefix asks for. */
export function rankOfPrefix(prefix: string): Ranks | undefined {
  const row = RANKS.find((rank) => rank.prefix === prefix)
  return row === undefined ? undefined : RANK[row.mode]
}

/** One change of a channel's or a user's modes, as MODE shows it. */
export interface ModeChange {
  readonly sign: '+' | '-'
  readonly mode: string
  readonly argument?: string
}

/** `+o-v alice bob` as parameters: the letters, then the arguments. */
export function formatModeChanges(changes: readonly ModeChange[]): string[] {
  let letters = ''
  let sign = ''
  const args: string[] = []
  for (const change of changes) {
    if (change.sign !== sign) letters += change.sign
    sign = change.sign
    letters += change.mode
    if (change.argument !== undefined) args.push(change.argument)
  }
  return [letters, ...args]
}
