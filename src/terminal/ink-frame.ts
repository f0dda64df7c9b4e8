import { Writable } from 'node:stream'
import { Box, render, Text } from 'ink'
import type { Instance } from 'ink'
import { createElement as h } from 'react'
import { anchored } from './anchor.ts'
import { isSameLine } from './line.ts'
import type { Line, Span } from './line.ts'

interface Drawn {
  readonly line: Line
  readonly text: string
}

/**
 * Lets Ink draw the lines of a screen. They don't go to the terminal as Ink would write them (it clears the
 * screen, and the scrollback with it, when an app fills it): the caller gets them. Ink draws all that it has
 * whenever anything of it changes, so it has one line at a time, and only those that have changed.
 */
export class InkFrames implements Disposable {
  readonly #isColored: boolean
  readonly #ink: Instance
  #drawn: readonly Drawn[] = []
  #columns = 80
  #text = ''

  /** `isColored`: whether colours are wanted. */
  constructor(isColored: boolean) {
    this.#isColored = isColored
    const sink = new Writable({
      decodeStrings: false,
      write: (text: string, _encoding, done) => {
        this.#text = text
        done()
      },
    })
    // Ink needs of a terminal only that it can be written to, and its size: it would ask other programs for it.
    Object.defineProperties(sink, { columns: { get: () => this.#columns }, rows: { value: 1 } })
    const stdout = sink as unknown as NodeJS.WriteStream
    this.#ink = render(null, {
      stdout,
      stderr: stdout,
      // Each line is handed over at once; how often is the caller's.
      debug: true,
      exitOnCtrlC: false,
      patchConsole: false,
    })
  }

  /** As many lines as the screen has, each as wide as it is; with their styles. */
  draw(lines: readonly Line[], columns: number): readonly string[] {
    const known = columns === this.#columns ? this.#drawn : []
    this.#columns = columns
    this.#drawn = lines.map((line, y) => {
      const before = known[y]
      const isSame = before !== undefined && isSameLine(before.line, line)
      return isSame ? before : { line, text: this.#textOf(line) }
    })
    return this.#drawn.map(({ text }) => text)
  }

  [Symbol.dispose](): void {
    this.#ink.unmount()
  }

  #textOf(line: Line): string {
    const spans = line.map((span, i) => h(Text, { key: i, ...this.#styleOf(span) }, span.text))
    const node = h(Text, { wrap: 'truncate' }, spans)
    // It writes at once, or nothing where it has drawn the same just before.
    this.#ink.rerender(h(Box, { width: this.#columns, height: 1 }, node))
    return anchored(this.#text)
  }

  // Colours are wanted, or they are not: it is the same for all that is drawn.
  #styleOf({ color, back, ...span }: Span): Omit<Parameters<typeof Text>[0], 'children'> {
    return {
      bold: span.isBold === true,
      dimColor: span.isDim === true,
      inverse: span.isInverse === true,
      underline: span.isUnderlined === true,
      italic: span.isItalic === true,
      strikethrough: span.isStruck === true,
      ...(color !== undefined && this.#isColored ? { color } : {}),
      ...(back !== undefined && this.#isColored ? { backgroundColor: back } : {}),
    }
  }
}
