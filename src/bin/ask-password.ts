/**
 * A new password: asked twice on a terminal, else the first line of standard input. Undefined when it was
 * broken off, or the two differ, which has been said then.
 */
export async function askPassword(): Promise<string | undefined> {
  return process.stdin.isTTY ? askedTwice() : firstLine()
}

async function askedTwice(): Promise<string | undefined> {
  const first = await asked('Password: ')
  if (first === undefined) return undefined
  const second = await asked('Again: ')
  if (second === undefined) return undefined
  if (first === second) return first
  console.error('maru: the two differ')
  return undefined
}

/** Reads a line without showing it. Undefined when it was broken off with ^C or ^D. */
function asked(question: string): Promise<string | undefined> {
  const { stdin, stderr } = process
  // The question goes to standard error, so that the hash alone can be piped on.
  stderr.write(question)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  let typed: readonly string[] = []
  return new Promise((resolve) => {
    const finish = (answer: string | undefined): void => {
      stdin.off('data', onKeys)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
      resolve(answer)
    }
    const onKeys = (keys: string): void => {
      for (const key of keys) {
        if (key === '\r' || key === '\n') return finish(typed.join(''))
        if (key === '\u0003' || (key === '\u0004' && typed.length === 0)) return finish(undefined)
        if (key === '\u007F' || key === '\b') typed = typed.slice(0, -1)
        else if (key >= ' ') typed = [...typed, key]
      }
    }
    stdin.on('data', onKeys)
    stdin.resume()
  })
}

async function firstLine(): Promise<string> {
  process.stdin.setEncoding('utf8')
  let text = ''
  for await (const chunk of process.stdin) text += String(chunk)
  return text.split(/\r?\n/, 1)[0] ?? ''
}
