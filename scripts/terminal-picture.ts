/** What a terminal shows, as a page of HTML: a program in a pseudo-terminal, read cell by cell. */
import { setTimeout as delay } from 'node:timers/promises'
import { spawn } from '@lydell/node-pty'
import headless from '@xterm/headless'

export type TerminalTheme = 'light' | 'dark'

export interface TerminalProgram {
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly columns: number
  readonly rows: number
}

const PATIENCE_MS = 20_000

/** A terminal with a program of Node's in it, which ends with it. */
export class PictureTerminal implements AsyncDisposable {
  readonly #pty: ReturnType<typeof spawn>
  readonly #terminal: InstanceType<typeof headless.Terminal>
  readonly #ended = Promise.withResolvers<void>()
  #hasEnded = false

  constructor({ args, environment, columns: cols, rows }: TerminalProgram) {
    this.#terminal = new headless.Terminal({ cols, rows, allowProposedApi: true })
    this.#pty = spawn(process.execPath, [...args], {
      cols,
      rows,
      name: 'xterm-256color',
      env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', ...environment },
    })
    this.#pty.onData((data) => this.#terminal.write(data))
    this.#pty.onExit(() => {
      this.#hasEnded = true
      this.#ended.resolve()
    })
  }

  type(text: string): void {
    this.#pty.write(text)
  }

  /** Waits until a line of the screen has it. */
  async until(pattern: RegExp): Promise<void> {
    const endMs = performance.now() + PATIENCE_MS
    while (!this.#lines().some((line) => pattern.test(line))) {
      if (this.#hasEnded || performance.now() > endMs) {
        throw new Error(`waited in vain for ${pattern}\n${this.#lines().join('\n')}`)
      }
      await delay(50)
    }
  }

  html(theme: TerminalTheme): string {
    const { active } = this.#terminal.buffer
    const { cols, rows } = this.#terminal
    const cells: string[] = []
    for (let y = 0; y < rows; y++) {
      const line = active.getLine(active.viewportY + y)
      for (let x = 0; x < cols; x++) {
        const cell = line?.getCell(x)
        if (cell !== undefined && cell.getWidth() > 0) cells.push(cellHtml(cell, { x, y }, theme))
      }
    }
    const { background, foreground } = COLORS[theme]
    return `<!doctype html><meta charset="utf-8"><style>
      @font-face { font-family: symbols; src: local('DejaVu Sans Mono');
        unicode-range: U+B7, U+2010-27BF; size-adjust: 83%; }
      body { margin: 0; background: ${background}; color: ${foreground}; }
      #screen { position: relative; width: ${cols * CELL_WIDTH}px; height: ${rows * CELL_HEIGHT}px;
        padding: ${PADDING}px; font: ${FONT_SIZE}px/${CELL_HEIGHT}px ${FONTS}; }
      i { position: absolute; height: ${CELL_HEIGHT}px; font-style: normal; text-align: center;
        white-space: pre; }
    </style><div id="screen">${cells.join('')}</div>`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#hasEnded) this.#pty.kill('SIGKILL')
    await this.#ended.promise
    this.#terminal.dispose()
  }

  #lines(): string[] {
    const { active } = this.#terminal.buffer
    return Array.from(
      { length: this.#terminal.rows },
      (_, y) => active.getLine(active.viewportY + y)?.translateToString(true) ?? '',
    )
  }
}

/** In pixels. Letters of this font are half as wide as high, those of Korean as wide as high. */
const FONT_SIZE = 16
const CELL_WIDTH = 8
const CELL_HEIGHT = 20
const PADDING = 12
/** Of Korean fonts, lines and dots are as wide as Korean letters; those of `symbols` have the width of a cell. */
const FONTS = "symbols, 'Noto Sans Mono CJK KR', 'DejaVu Sans Mono', monospace"

/** The first sixteen as terminals have them: black to white, then bright. */
const COLORS = {
  dark: {
    background: '#14171c',
    foreground: '#d8dce3',
    palette:
      '#14171c #f2777a #8fce7e #e8c468 #7aa6f0 #d19ae8 #6cc7cf #d8dce3 #7c8594 #ff9a9c #aee3a0 #f6dc95 #a3c4ff #e6bdf5 #97e3e9 #ffffff',
  },
  light: {
    background: '#fbfaf7',
    foreground: '#24292f',
    palette:
      '#24292f #b3261e #1e6b2e #835500 #1d56b0 #8a2fa8 #0b6570 #57606a #57606a #c9372c #2a7f3c #966600 #2f6bd0 #a045bd #14808c #24292f',
  },
} as const

type Cell = NonNullable<
  ReturnType<
    NonNullable<
      ReturnType<InstanceType<typeof headless.Terminal>['buffer']['active']['getLine']>
    >['getCell']
  >
>

function cellHtml(cell: Cell, at: { x: number; y: number }, theme: TerminalTheme): string {
  const letter = cell.getChars()
  const { front, back } = colorsOf(cell, theme)
  if ((letter === '' || letter === ' ') && back === undefined) return ''
  const eighths = BLOCKS.indexOf(letter) + 1
  const style = [
    `left:${PADDING + at.x * CELL_WIDTH}px`,
    `top:${PADDING + at.y * CELL_HEIGHT}px`,
    `width:${cell.getWidth() * CELL_WIDTH}px`,
    `color:${front}`,
    back === undefined ? '' : `background:${back}`,
    // As terminals do: the graphs are drawn, not written, and have no gaps.
    eighths === 0 ? '' : `background:linear-gradient(0deg,${front} ${eighths * 12.5}%,#0000 0)`,
    cell.isBold() === 0 ? '' : 'font-weight:bold',
    cell.isUnderline() === 0 ? '' : 'text-decoration:underline',
  ]
  return `<i style="${style.filter(Boolean).join(';')}">${eighths > 0 ? '' : escaped(letter)}</i>`
}

/** `back` is missing where nothing is behind the letter. */
function colorsOf(cell: Cell, theme: TerminalTheme): { front: string; back: string | undefined } {
  const { background, foreground } = COLORS[theme]
  const ink = cell.isFgDefault() ? foreground : colorOf(cell.getFgColor(), cell.isFgRGB(), theme)
  const paper = cell.isBgDefault() ? undefined : colorOf(cell.getBgColor(), cell.isBgRGB(), theme)
  if (cell.isInverse() !== 0) return { front: paper ?? background, back: ink }
  const front = cell.isDim() === 0 ? ink : `color-mix(in srgb,${ink} 68%,${background})`
  return { front, back: paper }
}

const BLOCKS = '▁▂▃▄▅▆▇█'.split('')

function colorOf(color: number, isRgb: boolean, theme: TerminalTheme): string {
  if (isRgb) return `#${color.toString(16).padStart(6, '0')}`
  const named = COLORS[theme].palette.split(' ')[color]
  if (named !== undefined) return named
  if (color >= 232)
    return `rgb(${Array(3)
      .fill(8 + (color - 232) * 10)
      .join(' ')})`
  const cube = color - 16
  const steps = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6]
  return `rgb(${steps.map((step) => (step === 0 ? 0 : 55 + 40 * step)).join(' ')})`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
