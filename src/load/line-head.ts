const SPACE = 32
const COLON = 58
const AT = 64
const ZERO = 48

/**
 * Where the command of the line between `start` and `end` begins: after its `@tags` and its `:source`.
 * https://modern.ircdocs.horse/#message-format
 */
export function commandAt(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  if (bytes[at] === AT) at = afterWord(bytes, at, end)
  if (bytes[at] === COLON) at = afterWord(bytes, at, end)
  return at
}

/** The number of the numeric at `at`; 0 if the command there is a word. */
export function numericAt(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < 3) return 0
  let number = 0
  for (let i = at; i < at + 3; i++) {
    const digit = (bytes[i] ?? 0) - ZERO
    if (digit < 0 || digit > 9) return 0
    number = number * 10 + digit
  }
  return number
}

/** Whether the command at `at` begins with the ASCII letters of `command`. */
export function startsAt(bytes: Uint8Array, at: number, command: string): boolean {
  for (let i = 0; i < command.length; i++) {
    if (bytes[at + i] !== command.charCodeAt(i)) return false
  }
  return true
}

/** Where the text (the last parameter, after ` :`) begins; `end` if the line has none. */
export function textAt(bytes: Uint8Array, command: number, end: number): number {
  for (let i = command; i + 1 < end; i++) {
    if (bytes[i] === SPACE && bytes[i + 1] === COLON) return i + 2
  }
  return end
}

function afterWord(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at] !== SPACE) at++
  while (at < end && bytes[at] === SPACE) at++
  return at
}
