/** A Maru of its own for the pictures: a process, a folder that is gone at the end, an operator. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { PROXY_ADDRESS } from './picture-person.ts'

export const MARU: string = join(import.meta.dirname, '..', 'src', 'bin', 'maru.ts')

export interface PictureServer extends AsyncDisposable {
  readonly folder: string
  readonly plainPort: number
  readonly tlsPort: number
  /** Of the admin side. */
  readonly url: string
  readonly operator: { readonly name: string; readonly password: string }
  /** A bearer token of the operator. */
  readonly secret: string
  /** Sends what an operator does; rejects when it is refused. */
  readonly ask: (method: string, path: string, body?: object) => Promise<unknown>
}

const PATIENCE_MS = 20_000

/** The chat clients come as through a proxy, so that their addresses are those of the documentation (https://www.rfc-editor.org/rfc/rfc5737). */
const CONFIGURATION = `server_name = "irc.example.org"
data = "data"
motd = "마루에 오신 것을 환영합니다. Welcome to Maru."
[log]
format = "json"
[proxy]
networks = ["${PROXY_ADDRESS}/32"]
`

const FLAGS = [
  ['--config', 'maru.toml'],
  ['--plain', '127.0.0.1:0'],
  ['--tls', '127.0.0.1:0'],
  ['--http', '127.0.0.1:0'],
  ['--admin', '127.0.0.1:0'],
  ['--limits', 'off'],
  ['--no-dashboard'],
].flat()

/** Resolves when it serves and has its first operator. */
export async function startPictureServer(): Promise<PictureServer> {
  const folder = mkdtempSync(join(tmpdir(), 'maru-pictures-'))
  writeFileSync(join(folder, 'maru.toml'), CONFIGURATION)
  const child = spawn(process.execPath, ['--max-semi-space-size=16', MARU, 'serve', ...FLAGS], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  }
  const stop = async (): Promise<void> => {
    const closed = once(child, 'close')
    if (child.exitCode === null && child.kill('SIGKILL')) await closed
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const code = await until(
      () => /#first=(\S+)/.exec(said)?.[1],
      'the first link',
      () => said,
    )
    const portOf = (door: string): Promise<number> =>
      until(
        () => portIn(said, door),
        `the port of ${door}`,
        () => said,
      )
    const url = `http://127.0.0.1:${await portOf('admin')}`
    const operator = { name: '미나', password: randomUUID() }
    const { secret } = (await send(`${url}/api/v1/first`, 'POST', {
      body: { code, ...operator, as: 'bearer' },
    })) as { secret: string }
    return {
      folder,
      plainPort: await portOf('plain'),
      tlsPort: await portOf('tls'),
      url,
      operator,
      secret,
      ask: (method, path, body) => send(`${url}/api/v1${path}`, method, { body, secret }),
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** From the lines of the log, as JSON. */
function portIn(said: string, door: string): number | undefined {
  for (const line of said.split('\n')) {
    if (!line.startsWith('{') || !line.includes('"listening"') || !line.endsWith('}')) continue
    const { name, port } = JSON.parse(line) as { name?: string; port?: number }
    if (name === door) return port
  }
  return undefined
}

async function until<Value>(
  find: () => Value | undefined,
  what: string,
  said: () => string,
): Promise<Value> {
  const endMs = performance.now() + PATIENCE_MS
  for (;;) {
    const found = find()
    if (found !== undefined) return found
    if (performance.now() > endMs) throw new Error(`waited in vain for ${what}: ${said()}`)
    await delay(20)
  }
}

interface Sent {
  readonly body?: object | undefined
  readonly secret?: string
}

async function send(url: string, method: string, { body, secret }: Sent): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer = await response.text()
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${answer}`)
  return JSON.parse(answer)
}
