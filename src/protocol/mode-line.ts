import { CHANNEL_MODES, type ChannelModeRow, type ListMode } from './modes.ts'

/** One thing that a MODE line asks of a channel. */
export type ModeRequest =
  | {
      readonly kind: 'change'
      readonly sign: '+' | '-'
      readonly row: ChannelModeRow
      readonly argument?: string
    }
  /** A list mode without an argument: its entries are to be shown. */
  | { readonly kind: 'query'; readonly mode: ListMode }
  | { readonly kind: 'incomplete'; readonly mode: string }
  | { readonly kind: 'unknown'; readonly mode: string }

/**
 * Reads `+ov-b` with its arguments, in their order. "arguments will be sequentially obtained"; letters
 * before any sign are to be set. https://modern.ircdocs.horse/#mode-message
 */
export function parseModeLine(letters: string, args: readonly string[]): ModeRequest[] {
  const requests: ModeRequest[] = []
  const rest = [...args]
  let sign: '+' | '-' = '+'
  // By code points: what is unknown is answered as it was sent.
  for (const letter of Array.from(letters)) {
    if (letter === '+' || letter === '-') {
      sign = letter
      continue
    }
    const row = CHANNEL_MODES.get(letter)
    if (row === undefined) requests.push({ kind: 'unknown', mode: letter })
    else requests.push(requestOf(row, sign, takesArgument(row, sign) ? rest.shift() : undefined))
  }
  return requests
}

function takesArgument({ kind }: ChannelModeRow, sign: '+' | '-'): boolean {
  return kind !== 'flag' && (kind !== 'argumentWhenSet' || sign === '+')
}

function requestOf(
  row: ChannelModeRow,
  sign: '+' | '-',
  argument: string | undefined,
): ModeRequest {
  const { kind, mode } = row
  if (kind === 'list' && (argument ?? '') === '') return { kind: 'query', mode: mode as ListMode }
  if (argument !== undefined) return { kind: 'change', sign, row, argument }
  // Taking a key away without naming it is what people mean, whatever the type of the mode.
  const isIncomplete = kind === 'rank' || (sign === '+' && kind !== 'flag')
  return isIncomplete ? { kind: 'incomplete', mode } : { kind: 'change', sign, row }
}
