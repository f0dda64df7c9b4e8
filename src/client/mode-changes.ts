import { MOST } from './most.ts'

/** How a server's modes are read. https://modern.ircdocs.horse/#prefix-parameter, #chanmodes-parameter */
export interface ModeRules {
  /** Ranks in rooms, highest first. */
  readonly ranks: readonly { readonly mode: string; readonly prefix: string }[]
  /** CHANMODES: lists; always an argument; one when set; never one. */
  readonly modes: readonly [string, string, string, string]
}

/** One thing that a MODE line changes in a room. */
export interface ModeChange {
  readonly sign: '+' | '-'
  readonly letter: string
  readonly of:
    | { readonly kind: 'rank'; readonly prefix: string; readonly nick: string }
    | { readonly kind: 'entry'; readonly mask: string }
    | { readonly kind: 'setting'; readonly argument?: string }
}

/** Reads a MODE line. https://modern.ircdocs.horse/#mode-message */
export function modeChanges(
  rules: ModeRules,
  letters: string,
  args: readonly string[],
): readonly ModeChange[] {
  const rest = [...args]
  const changes: ModeChange[] = []
  let sign: '+' | '-' = '+'
  for (const letter of Array.from(letters.slice(0, MOST.modeLetters))) {
    if (letter === '+' || letter === '-') sign = letter
    else changes.push({ sign, letter, of: whatOf(rules, { sign, letter, rest }) })
  }
  return changes
}

interface Read {
  readonly sign: '+' | '-'
  readonly letter: string
  /** Arguments that are left. */
  readonly rest: string[]
}

function whatOf({ ranks, modes }: ModeRules, { sign, letter, rest }: Read): ModeChange['of'] {
  const rank = ranks.find(({ mode }) => mode === letter)
  if (rank !== undefined) return { kind: 'rank', prefix: rank.prefix, nick: rest.shift() ?? '' }
  const [lists, always, whenSet] = modes
  if (lists.includes(letter)) return { kind: 'entry', mask: rest.shift() ?? '' }
  const hasArgument = always.includes(letter) || (whenSet.includes(letter) && sign === '+')
  const argument = hasArgument ? rest.shift() : undefined
  return { kind: 'setting', ...(argument === undefined ? {} : { argument }) }
}
