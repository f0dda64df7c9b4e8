import { Writable } from 'node:stream'
import { Box, render, Text } from 'ink'
import { createElement as h, memo, useSyncExternalStore } from 'react'
import type { ReactElement } from 'react'
import { appLines } from './app-lines.ts'
import type { AppState } from './app-state.ts'
import { anchored } from './anchor.ts'
import type { Line } from './line.ts'

export interface Frames {
  /** Calls back when there is something new to be shown. */
  readonly subscribe: (changed: () => void) => () => void
  readonly state: () => AppState
  /** Whether colours are wanted. */
  readonly isColored: boolean
  /** Takes the lines of a frame, styles and all. */
  readonly show: (lines: readonly string[]) => void
}

/**
 * Lets Ink make frames. They don't go to the terminal as Ink would write them (it clears the screen, and the
 * scrollback with it, when an app fills it): `show` gets them.
 */
export function mountInk(frames: Frames): Disposable {
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
  const app = render(h(App, { frames }), {
    stdout,
    stderr: stdout,
    // Each frame is handed over whole; how many there are is the caller's.
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  })
  return { [Symbol.dispose]: () => app.unmount() }
}

function App({ frames }: { readonly frames: Frames }): ReactElement {
  const state = useSyncExternalStore(frames.subscribe, frames.state)
  const { columns, rows } = state.size
  return h(
    Box,
    { flexDirection: 'column', width: columns, height: rows },
    appLines(state).map((line, y) => h(LineText, { key: y, line, isColored: frames.isColored })),
  )
}

const LineText = memo(
  ({ line, isColored }: { readonly line: Line; readonly isColored: boolean }): ReactElement =>
    h(
      Text,
      { wrap: 'truncate' },
      line.map(({ text, color, isBold, isDim, isInverse }, i) => {
        const style = {
          bold: isBold === true,
          dimColor: isDim === true,
          inverse: isInverse === true,
          ...(color !== undefined && isColored ? { color } : {}),
        }
        return h(Text, { key: i, ...style }, text)
      }),
    ),
  (before, after) => JSON.stringify(before.line) === JSON.stringify(after.line),
)
