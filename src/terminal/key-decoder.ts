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
  | 'delete'
  | 'f1'
  | 'f2'
  /** A line end within what is typed: Alt+Enter, ^J, and Shift+Enter where terminals tell it. */
  | 'newLine'

/** What a person did at the terminal. `x` and `y` count from 0. */
export type Key =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'named'; readonly name: KeyName; readonly modifier?: 'alt' | 'control' }
  | { readonly kind: 'control'; readonly letter: string }
  | { readonly kind: 'alt'; readonly letter: string }
  | { readonly kind: 'pasted'; readonly text: string }
  | { readonly kind: 'focus'; readonly is: 'in' | 'out' }
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

/** `rich`: with Alt and Control, line ends that don't send, and the focus of the window. */
export type KeyReading = 'simple' | 'rich'

/**
 * Reads the bytes of a terminal that reports the mouse (SGR) and pastes in brackets. What it does not know is dropped.
 * https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
 */
export function decodeKeys(input: string, reading: KeyReading = 'simple'): Decoded {
  const keys: Key[] = []
  let at = 0
  while (at < input.length) {
    const found = nextKey(input.slice(at), reading)
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

function nextKey(input: string, reading: KeyReading): Found | 'more to come' {
  if (input.startsWith(PASTE_BEGIN)) return pasted(input)
  if (input.startsWith('\x1b')) return escaped(input, reading)
  if (input.startsWith('\n') && reading === 'rich') return NEW_LINE
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

const NEW_LINE: Found = { key: { kind: 'named', name: 'newLine' }, length: 1 }

function escaped(input: string, reading: KeyReading): Found | 'more to come' {
  const follows = input.slice(1)
  const [sequence] = COMPLETE.exec(follows) ?? []
  if (sequence !== undefined) {
    const key = reading === 'rich' ? richKeyOf(sequence) : keyOf(sequence)
    const length = 1 + sequence.length
    return key === undefined ? { length } : { key, length }
  }
  if (INCOMPLETE.test(follows)) return 'more to come'
  if (reading === 'rich') {
    if (follows.startsWith('\r')) return { ...NEW_LINE, length: 2 }
    const letter = String.fromCodePoint(follows.codePointAt(0) ?? 0)
    // Whoever types fast after Escape begins a command, or a word in another script.
    if (/^[0-9a-z]$/i.test(letter))
      return { key: { kind: 'alt', letter }, length: 1 + letter.length }
  }
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

/** https://sw.kovidgoyal.net/kitty/keyboard-protocol/ and xterm's modifyOtherKeys for the line ends. */
function richKeyOf(sequence: string): Key | undefined {
  if (sequence === '[I') return { kind: 'focus', is: 'in' }
  if (sequence === '[O') return { kind: 'focus', is: 'out' }
  if (/^\[(?:13;[2-8]u|27;[2-8];13~)$/.test(sequence)) return { kind: 'named', name: 'newLine' }
  const key = keyOf(sequence)
  const modifiers = Number(/^\[\d*;(\d+)[A-Z~]$/.exec(sequence)?.[1] ?? 1) - 1
  if (key?.kind !== 'named' || modifiers < 2) return key
  return { ...key, modifier: (modifiers & 2) === 2 ? 'alt' : 'control' }
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
  '[3~': 'delete',
  '[11~': 'f1',
  '[P': 'f1',
  '[12~': 'f2',
  '[Q': 'f2',
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
