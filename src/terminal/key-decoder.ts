export type KeyName =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'pageUp'
  | 'pageDown'
  | 'enter'
  | 'escape'
  | 'tab'
  | 'backTab'
  | 'backspace'

/** What a person did at the terminal. `x` and `y` count from 0. */
export type Key =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'named'; readonly name: KeyName }
  | { readonly kind: 'control'; readonly letter: string }
  | { readonly kind: 'pasted'; readonly text: string }
  | {
      readonly kind: 'mouse'
      readonly action: 'press' | 'wheelUp' | 'wheelDown'
      readonly x: number
      readonly y: number
    }

export interface Decoded {
  readonly keys: readonly Key[]
  /** The beginning of a sequence whose end has not come. */
  readonly rest: string
}

/**
 * Reads the bytes of a terminal that reports the mouse (SGR) and pastes in brackets. What it does not know is dropped.
 * https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
 */
export function decodeKeys(input: string): Decoded {
  const keys: Key[] = []
  let at = 0
  while (at < input.length) {
    const found = nextKey(input.slice(at))
    if (found === 'more to come') break
    if (found.key !== undefined) keys.push(found.key)
    at += found.length
  }
  return { keys, rest: input.slice(at) }
}

/** What a rest means when nothing follows: the Escape key, or nothing. */
export function endOfInput(rest: string): readonly Key[] {
  return rest === '\x1b' ? [{ kind: 'named', name: 'escape' }] : []
}

interface Found {
  readonly key?: Key
  readonly length: number
}

function nextKey(input: string): Found | 'more to come' {
  if (input.startsWith(PASTE_BEGIN)) return pasted(input)
  if (input.startsWith('\x1b')) return escaped(input)
  const character = String.fromCodePoint(input.codePointAt(0) ?? 0)
  const name = CONTROLS[character]
  if (name !== undefined) return { key: { kind: 'named', name }, length: 1 }
  if (character >= ' ') return { key: { kind: 'text', text: character }, length: character.length }
  const letter = String.fromCharCode(character.charCodeAt(0) + 0x60)
  return { key: { kind: 'control', letter }, length: 1 }
}

const PASTE_BEGIN = '\x1b[200~'
const PASTE_END = '\x1b[201~'
/** A terminal that begins a paste and never ends it would eat all keys. */
const MAX_PASTE = 65_536

function pasted(input: string): Found | 'more to come' {
  const end = input.indexOf(PASTE_END)
  if (end < 0) return input.length > MAX_PASTE ? { length: input.length } : 'more to come'
  const text = input.slice(PASTE_BEGIN.length, end)
  return { key: { kind: 'pasted', text }, length: end + PASTE_END.length }
}

// What follows on the escape: control sequences of ECMA-48, and function keys of the VT100.
const COMPLETE = /^(?:\[[0-?]*[ -/]*[@-~]|O[@-~])/
const INCOMPLETE = /^(?:\[[0-?]*[ -/]*|O)?$/

function escaped(input: string): Found | 'more to come' {
  const follows = input.slice(1)
  const [sequence] = COMPLETE.exec(follows) ?? []
  if (sequence !== undefined) {
    const key = keyOf(sequence)
    const length = 1 + sequence.length
    return key === undefined ? { length } : { key, length }
  }
  if (INCOMPLETE.test(follows)) return 'more to come'
  return { key: { kind: 'named', name: 'escape' }, length: 1 }
}

const MOUSE = /^\[<(\d+);(\d+);(\d+)([Mm])$/
/** With Shift, Alt or Control, `1;2` stands before a letter and `;2` before a tilde. */
const MODIFIED = /^\[(?:1(?=;\d+[A-Z]))?(\d*);\d+([A-Z~])$/

function keyOf(sequence: string): Key | undefined {
  const mouse = MOUSE.exec(sequence)
  if (mouse !== null) {
    const [, button, column, row, end] = mouse
    const action = end === 'M' ? MOUSE_ACTIONS[Number(button)] : undefined
    return action && { kind: 'mouse', action, x: Number(column) - 1, y: Number(row) - 1 }
  }
  const name = SEQUENCES[sequence.replace(/^O/, '[').replace(MODIFIED, '[$1$2')]
  return name && { kind: 'named', name }
}

const MOUSE_ACTIONS: Readonly<Record<number, 'press' | 'wheelUp' | 'wheelDown'>> = {
  0: 'press',
  64: 'wheelUp',
  65: 'wheelDown',
}

const SEQUENCES: Readonly<Record<string, KeyName>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  '[H': 'home',
  '[F': 'end',
  '[1~': 'home',
  '[4~': 'end',
  '[7~': 'home',
  '[8~': 'end',
  '[5~': 'pageUp',
  '[6~': 'pageDown',
  '[Z': 'backTab',
  '[M': 'enter',
}

const CONTROLS: Readonly<Record<string, KeyName>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
  '\b': 'backspace',
}
