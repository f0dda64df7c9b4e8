import { setTimeout as delay } from 'node:timers/promises'
import { join } from 'node:path'
import { spawn } from '@lydell/node-pty'
import headless from '@xterm/headless'
import { PATIENCE_MS } from './patience.ts'

const PROGRAM = join(import.meta.dirname, '..', '..', 'src', 'bin', 'maru.ts')

export interface PtyOptions {
  /** Default: `maru`. */
  readonly program?: string
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly columns?: number
  readonly rows?: number
}

/** A program in a real pseudo-terminal, and what a terminal shows of it. */
export class PtyProgram implements AsyncDisposable {
  readonly #pty: ReturnType<typeof spawn>
  readonly #terminal: InstanceType<typeof headless.Terminal>
  readonly #ended = Promise.withResolvers<{ exitCode: number; signal: number | undefined }>()
  #hasEnded = false
  /** How often it rang. */
  bells = 0
  /** Every byte that it wrote. */
  raw = ''

  constructor(options: PtyOptions) {
    const { program = PROGRAM, args, environment = {}, columns = 80, rows = 24 } = options
    this.#terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true })
    this.#terminal.onBell(() => this.bells++)
    this.#pty = spawn(process.execPath, [program, ...args], {
      cols: columns,
      rows,
      name: 'xterm-256color',
      env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC', TERM: 'xterm-256color', ...environment },
    })
    this.#pty.onData((data) => {
      this.raw += data
      this.#terminal.write(data)
    })
    this.#pty.onExit(({ exitCode, signal }) => {
      this.#hasEnded = true
      this.#ended.resolve({ exitCode, signal })
    })
  }

  get processId(): number {
    return this.#pty.pid
  }

  get ended(): Promise<{ exitCode: number; signal: number | undefined }> {
    return this.#ended.promise
  }

  type(text: string): void {
    this.#pty.write(text)
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows)
    this.#pty.resize(columns, rows)
  }

  kill(signal: string): void {
    this.#pty.kill(signal)
  }

  /** As by closing the window: the program gets SIGHUP, and nothing can be written or read any more. */
  hangUp(): void {
    // The declarations leave it out.
    ;(this.#pty as unknown as { destroy(): void }).destroy()
  }

  lines(): string[] {
    const { active } = this.#terminal.buffer
    return Array.from(
      { length: this.#terminal.rows },
      (_, y) => active.getLine(active.viewportY + y)?.translateToString(false) ?? '',
    )
  }

  /** Where a terminal shows what is being composed. */
  get cursor(): { x: number; y: number } {
    const { cursorX: x, cursorY: y } = this.#terminal.buffer.active
    return { x, y }
  }

  get isOnOtherScreen(): boolean {
    return this.#terminal.buffer.active.type === 'alternate'
  }

  get mouse(): string {
    return this.#terminal.modes.mouseTrackingMode
  }

  /** Of a cell of the screen: its letter, how wide it is, and its style. */
  cell(x: number, y: number): { text: string; width: number; isInverse: boolean; color: number } {
    const { active } = this.#terminal.buffer
    const cell = active.getLine(active.viewportY + y)?.getCell(x)
    return {
      text: cell?.getChars() ?? '',
      width: cell?.getWidth() ?? 0,
      isInverse: cell?.isInverse() !== 0,
      color: cell?.isFgDefault() === true ? -1 : (cell?.getFgColor() ?? -1),
    }
  }

  /** In which column a text begins, in cells. */
  columnOf(text: string, y: number): number {
    const columns = this.#terminal.cols
    for (let x = 0; x < columns; x++) {
      let found = ''
      for (let at = x; at < columns && found.length < text.length; at++) {
        const { text: letter, width } = this.cell(at, y)
        if (width > 0) found += letter === '' ? ' ' : letter
      }
      if (found === text) return x
    }
    return -1
  }

  rowOf(text: string | RegExp): number {
    return this.lines().findIndex((line) =>
      typeof text === 'string' ? line.includes(text) : text.test(line),
    )
  }

  /** Waits until the screen is as it should be; fails with what it shows. */
  async until(isThere: string | RegExp | ((screen: PtyProgram) => boolean)): Promise<void> {
    const holds = typeof isThere === 'function' ? isThere : () => this.rowOf(isThere) >= 0
    const end = Date.now() + PATIENCE_MS
    while (!holds(this)) {
      if (Date.now() > end || this.#hasEnded) {
        // What was written last may not be on the screen yet.
        await delay(50)
        if (holds(this)) return
        throw new Error(`waited for ${String(isThere)}\n${this.lines().join('\n')}`)
      }
      await delay(20)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#hasEnded) this.#pty.kill('SIGKILL')
    await this.#ended.promise
    this.#terminal.dispose()
  }
}
