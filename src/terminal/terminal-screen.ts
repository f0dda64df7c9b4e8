import type { ReadStream, WriteStream } from 'node:tty'
import type { Size } from './app-state.ts'
import { decodeKeys, endOfInput } from './key-decoder.ts'
import type { Key, KeyReading } from './key-decoder.ts'

// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html: the other screen, no cursor, the mouse (presses
// and the wheel, SGR coordinates), pastes in brackets, no wrapping at the right edge.
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?1000h\x1b[?1006h\x1b[?2004h\x1b[?7l\x1b[H\x1b[2J'
/** Everything back, in the order that leaves the cursor where the shell had it. */
export const LEAVE_SCREEN = '\x1b[?7h\x1b[?2004l\x1b[?1006l\x1b[?1000l\x1b[0m\x1b[?25h\x1b[?1049l'

/** The window says when it is looked at, and when no more. */
const REPORT_FOCUS = '\x1b[?1004h'
const LEAVE_FOCUS = '\x1b[?1004l'

/** How long the rest of a key's sequence may take; after that it was the Escape key. */
const ESCAPE_MS = 40

/** A cell of the screen, from 0. */
export interface Cell {
  readonly x: number
  readonly y: number
}

export interface ScreenListeners {
  /** Default: `simple`. */
  readonly reading?: KeyReading
  readonly onKey: (key: Key) => void
  readonly onSize: (size: Size) => void
  /** The terminal is gone, or a signal ends us: the screen is left already. */
  readonly onEnd: () => void
}

/**
 * The terminal while the dashboard has it. However the process ends, short of SIGKILL, the terminal is left
 * as it was found.
 */
export class TerminalScreen implements Disposable {
  readonly #stdin: ReadStream
  readonly #stdout: WriteStream
  readonly #listeners: ScreenListeners
  #shown: readonly string[] = []
  #cursor: Cell | undefined
  #rest = ''
  #escape: NodeJS.Timeout | undefined
  #isEntered = false

  constructor(stdin: ReadStream, stdout: WriteStream, listeners: ScreenListeners) {
    this.#stdin = stdin
    this.#stdout = stdout
    this.#listeners = listeners
    this.#enter()
    stdin.on('data', this.#onData).on('end', this.#onGone).on('error', this.#onGone)
    stdout.on('resize', this.#onResize).on('error', this.#onGone)
    for (const signal of ENDING) process.on(signal, this.#onSignal)
    if (process.platform !== 'win32') process.on('SIGCONT', this.#onContinue)
    process.on('exit', this.#leave)
    process.on('uncaughtExceptionMonitor', this.#leave)
  }

  get size(): Size {
    return { columns: this.#stdout.columns || 80, rows: this.#stdout.rows || 24 }
  }

  /**
   * Writes what has changed, each line where it belongs, in one go. The cursor is where somebody writes:
   * there a terminal shows what is still being composed.
   */
  show(lines: readonly string[], cursor?: Cell): void {
    if (!this.#isEntered) return
    const changed = lines.flatMap((line, y) =>
      line === this.#shown[y] ? [] : `\x1b[${y + 1};1H\x1b[0m\x1b[K${line}\x1b[0m`,
    )
    this.#shown = lines
    const moved = this.#moved(cursor, changed.length > 0 ? 'written' : 'untouched')
    this.#cursor = cursor
    // Terminals that know synchronised output show the frame as a whole.
    if (changed.length > 0) this.#stdout.write(`\x1b[?2026h${changed.join('')}${moved}\x1b[?2026l`)
    else if (moved !== '') this.#stdout.write(moved)
  }

  #moved(cursor: Cell | undefined, screen: 'written' | 'untouched'): string {
    const before = this.#cursor
    if (cursor === undefined) return before === undefined ? '' : '\x1b[?25l'
    const isSame = before?.x === cursor.x && before.y === cursor.y
    if (isSame && screen === 'untouched') return ''
    const place = `\x1b[${cursor.y + 1};${cursor.x + 1}H`
    return before === undefined ? `${place}\x1b[?25h` : place
  }

  /** Something for the terminal itself: its title, its clipboard. */
  tell(sequence: string): void {
    if (this.#isEntered) this.#stdout.write(sequence)
  }

  [Symbol.dispose](): void {
    this.#leave()
    const { stdin, stdout } = { stdin: this.#stdin, stdout: this.#stdout }
    stdin.off('data', this.#onData).off('end', this.#onGone).pause()
    stdout.off('resize', this.#onResize)
    for (const signal of ENDING) process.off(signal, this.#onSignal)
    process.off('SIGCONT', this.#onContinue)
    process.off('exit', this.#leave)
    process.off('uncaughtExceptionMonitor', this.#leave)
  }

  get #isRich(): boolean {
    return this.#listeners.reading === 'rich'
  }

  #enter(): void {
    this.#isEntered = true
    this.#shown = []
    this.#cursor = undefined
    this.#stdin.setEncoding('utf8')
    this.#stdin.setRawMode(true)
    this.#stdin.resume()
    this.#stdout.write(this.#isRich ? ENTER + REPORT_FOCUS : ENTER)
  }

  readonly #leave = (): void => {
    if (!this.#isEntered) return
    this.#isEntered = false
    clearTimeout(this.#escape)
    this.#stdout.write(this.#isRich ? LEAVE_FOCUS + LEAVE_SCREEN : LEAVE_SCREEN)
    // A terminal that is gone has no mode to set.
    try {
      this.#stdin.setRawMode(false)
    } catch {}
  }

  readonly #onData = (data: string | Buffer): void => {
    clearTimeout(this.#escape)
    const { keys, rest } = decodeKeys(this.#rest + String(data), this.#listeners.reading)
    this.#rest = rest
    for (const key of keys) this.#listeners.onKey(key)
    if (rest.startsWith('\x1b')) this.#escape = setTimeout(this.#onSilence, ESCAPE_MS)
  }

  readonly #onSilence = (): void => {
    // A paste may take its time.
    if (this.#rest.length > 16) return
    const keys = endOfInput(this.#rest)
    this.#rest = ''
    for (const key of keys) this.#listeners.onKey(key)
  }

  readonly #onResize = (): void => {
    this.#redraw()
    this.#listeners.onSize(this.size)
  }

  #redraw(): void {
    this.#shown = []
    this.#cursor = undefined
    if (this.#isEntered) this.#stdout.write('\x1b[0m\x1b[2J')
  }

  /** Back from being stopped: the shell has had the terminal meanwhile. */
  readonly #onContinue = (): void => {
    if (!this.#isEntered) return
    this.#enter()
    this.#listeners.onSize(this.size)
  }

  readonly #onGone = (): void => {
    this.#leave()
    this.#listeners.onEnd()
  }

  /** Ends as the signal says, for whoever waits for us. */
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    this[Symbol.dispose]()
    this.#listeners.onEnd()
    process.kill(process.pid, signal)
  }
}

const ENDING: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']
