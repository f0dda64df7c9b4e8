import { Writable } from 'node:stream'
import { Box, render, Text } from 'ink'
import { createElement as h, memo, useSyncExternalStore } from 'react'
import type { ReactElement } from 'react'
import { anchored } from './anchor.ts'
import { isSameLine } from './line.ts'
import type { Line, Span } from './line.ts'

/** Of an app whose whole state is `S`. */
export interface Frames<S extends Sized> {
  /** Calls back when there is something new to be shown. */
  readonly subscribe: (changed: () => void) => () => void
  readonly state: () => S
  /** The whole screen: as many lines as it has, each as wide as it is. */
  readonly linesOf: (state: S) => readonly Line[]
  /** Whether colours are wanted. */
  readonly isColored: boolean
  /** Takes the lines of a frame, styles and all. */
  readonly show: (lines: readonly string[]) => void
}

interface Sized {
  readonly size: { readonly columns: number; readonly rows: number }
}

/**
 * Lets Ink make frames. They don't go to the terminal as Ink would write them (it clears the screen, and the
 * scrollback with it, when an app fills it): `show` gets them.
 */
export function mountInk<S extends Sized>(frames: Frames<S>): Disposable {
  const size = () => frames.state().size
  const sink = new Writable({
    decodeStrings: false,
    write(frame: string, _encoding, done) {
      if (frame !== '') frames.show(frame.split('\n').map(anchored))
      done()
    },
  })
  Object.defineProperties(sink, {
    columns: { get: () => size().columns },
    rows: { get: () => size().rows },
  })
  // Ink needs of a terminal only that it can be written to, and how wide it is.
  const stdout = sink as unknown as NodeJS.WriteStream
  const app = render(h(App<S>, { frames }), {
    stdout,
    stderr: stdout,
    // Each frame is handed over whole; how many there are is the caller's.
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  })
  return { [Symbol.dispose]: () => app.unmount() }
}

function App<S extends Sized>({ frames }: { readonly frames: Frames<S> }): ReactElement {
  const state = useSyncExternalStore(frames.subscribe, frames.state)
  const { columns, rows } = state.size
  return h(
    Box,
    { flexDirection: 'column', width: columns, height: rows },
    frames
      .linesOf(state)
      .map((line, y) => h(LineText, { key: y, line, isColored: frames.isColored })),
  )
}

const LineText = memo(
  ({ line, isColored }: { readonly line: Line; readonly isColored: boolean }): ReactElement =>
    h(
      Text,
      { wrap: 'truncate' },
      line.map((span, i) => h(Text, { key: i, ...styleOf(span, isColored) }, span.text)),
    ),
  (before, after) => isSameLine(before.line, after.line),
)

// Colours are wanted, or they are not: it is the same for all that is drawn.
function styleOf(span: Span, isColored: boolean): Omit<Parameters<typeof Text>[0], 'children'> {
  const { color, back } = span
  return {
    bold: span.isBold === true,
    dimColor: span.isDim === true,
    inverse: span.isInverse === true,
    underline: span.isUnderlined === true,
    italic: span.isItalic === true,
    strikethrough: span.isStruck === true,
    ...(color !== undefined && isColored ? { color } : {}),
    ...(back !== undefined && isColored ? { backgroundColor: back } : {}),
  }
}
