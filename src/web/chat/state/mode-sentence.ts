import type { ModeChange } from '../../../client/mode-changes.ts'
import type { TextKey } from './texts.ts'

/** What a change of a room's modes is called, with what goes into `{whom}`, `{what}` and `{text}`. */
export interface ModeSentence {
  readonly text: TextKey
  /** Somebody's nick. */
  readonly whom?: string
  /** The right that is given, or the rule. */
  readonly what?: TextKey
  /** As the server says it. */
  readonly said?: string
}

/** Changes that have no words of their own are said in letters. */
export function modeSentence(change: ModeChange): ModeSentence {
  const { of } = change
  switch (of.kind) {
    case 'rank':
      return rankSentence(change, of) ?? inLetters(change, of.nick)
    case 'entry':
      return banSentence(change, of.mask) ?? inLetters(change, of.mask)
    case 'setting':
      return settingSentence(change, of.argument) ?? inLetters(change, of.argument)
    default:
      return of satisfies never
  }
}

const RIGHTS: Readonly<Record<string, TextKey>> = {
  '~': 'rightFounder',
  '&': 'rightAdmin',
  '@': 'rightOperator',
  '%': 'rightHalf',
  '+': 'rightVoice',
}

function rankSentence(
  { sign }: ModeChange,
  { prefix, nick }: { readonly prefix: string; readonly nick: string },
): ModeSentence | undefined {
  const what = RIGHTS[prefix]
  if (what === undefined) return undefined
  return { text: sign === '+' ? 'didGiveRight' : 'didTakeRight', whom: nick, what }
}

function banSentence({ sign, letter }: ModeChange, mask: string): ModeSentence | undefined {
  if (letter !== 'b') return undefined
  const { isMute, who } = barOf(mask)
  if (isMute) return { text: sign === '+' ? 'didMute' : 'didUnmute', said: who }
  return { text: sign === '+' ? 'didBan' : 'didUnban', said: who }
}

/** An entry of a room's list of bans: whether it only mutes, and whom; a mask for a nick alone is the nick. */
export function barOf(mask: string): { readonly isMute: boolean; readonly who: string } {
  const [, mute = '', bare = mask] = /^(~m:)?(.*)$/su.exec(mask) ?? []
  return { isMute: mute !== '', who: /^([^!@*?]+)!\*@\*$/u.exec(bare)?.[1] ?? bare }
}

/** Rules that people meet; a key and a limit are told apart from them, and all others are set by `/mode`. */
export const ROOM_RULES = [
  ['i', 'modeInvite'],
  ['m', 'modeModerated'],
  ['t', 'modeTopic'],
  ['s', 'modeSecret'],
  ['n', 'modeInside'],
] as const satisfies readonly (readonly [letter: string, text: TextKey])[]

function settingSentence(
  { sign, letter }: ModeChange,
  argument: string | undefined,
): ModeSentence | undefined {
  const isOn = sign === '+'
  // The key itself is nobody's business who reads this later.
  if (letter === 'k') return { text: isOn ? 'didSetKey' : 'didClearKey' }
  if (letter === 'l') {
    return isOn && argument !== undefined
      ? { text: 'didSetLimit', said: argument }
      : { text: 'didClearLimit' }
  }
  const what = ROOM_RULES.find(([rule]) => rule === letter)?.[1]
  return what === undefined ? undefined : { text: isOn ? 'didSetRule' : 'didLiftRule', what }
}

function inLetters({ sign, letter }: ModeChange, argument = ''): ModeSentence {
  return { text: 'didModes', said: `${sign}${letter} ${argument}`.trimEnd() }
}
