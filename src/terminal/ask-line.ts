import type { ReadStream } from 'node:tty'
import { lettersOf } from './fit-text.ts'
import { safeText } from './safe-text.ts'

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
      const end = keys.search(LINE_END)
      const before = typed
      for (const key of end < 0 ? keys : keys.slice(0, end)) {
        if (key === '\x03' || (key === '\x04' && typed === '')) return finish(undefined)
        typed = edited(typed, key)
      }
      if (echo === 'shown' && typed !== before) {
        stderr.write(`\r\x1b[K${lastLine(question)}${safeText(typed)}`)
      }
      if (end < 0) return
      finish(typed)
      // What was typed ahead is for the next question.
      if (end + 1 < keys.length) stdin.unshift(keys.slice(end + 1), 'utf8')
    }
    stdin.on('data', onKeys).on('end', onEnd)
    stdin.resume()
  })
}

const LINE_END = /[\r\n]/

function edited(typed: string, key: string): string {
  if (key === '\x7f' || key === '\b') return lettersOf(typed).slice(0, -1).join('')
  return key >= ' ' ? typed + key : typed
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1)
}
