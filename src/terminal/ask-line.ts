import type { ReadStream } from 'node:tty'
import { lettersOf } from './fit-text.ts'

/** A terminal to ask at; the question goes to standard error. */
export interface Asking {
  readonly stdin: ReadStream
  readonly stderr: NodeJS.WritableStream
}

/** A line that somebody types. Undefined when it was broken off with ^C or ^D. */
export function askLine(
  { stdin, stderr }: Asking,
  question: string,
  echo: 'shown' | 'hidden',
): Promise<string | undefined> {
  stderr.write(question)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  let typed = ''
  return new Promise((resolve) => {
    const finish = (answer: string | undefined): void => {
      stdin.off('data', onKeys).off('end', onEnd)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
      resolve(answer)
    }
    const onEnd = (): void => finish(undefined)
    const onKeys = (keys: string): void => {
      for (const key of keys) {
        if (key === '\r' || key === '\n') return finish(typed)
        if (key === '\x03' || (key === '\x04' && typed === '')) return finish(undefined)
        const after = edited(typed, key)
        if (echo === 'shown' && after !== typed)
          stderr.write(`\r\x1b[K${lastLine(question)}${after}`)
        typed = after
      }
    }
    stdin.on('data', onKeys).on('end', onEnd)
    stdin.resume()
  })
}

function edited(typed: string, key: string): string {
  if (key === '\x7f' || key === '\b') return lettersOf(typed).slice(0, -1).join('')
  return key >= ' ' ? typed + key : typed
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1)
}
