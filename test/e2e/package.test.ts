import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'maru-package-'))
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/** The oldest Node that we promise, and the one that we develop on. */
const OLDEST = '22.23.0'

before(async () => {
  const { stdout } = await run(npm, ['pack', '--json', '--pack-destination', folder], { cwd: root })
  const [packed]: readonly { filename: string }[] = JSON.parse(stdout.slice(stdout.indexOf('[')))
  await run(npm, ['init', '-y'], { cwd: folder })
  const tarball = join(folder, packed?.filename ?? '')
  await run(npm, ['install', '--no-audit', tarball, `node@${OLDEST}`], { cwd: folder })
})

after(() => rmSync(folder, { recursive: true, force: true }))

test('package - the packed tarball serves on the Node that we develop on', async () => {
  await serves(process.execPath)
})

test(`package - the packed tarball serves on Node ${OLDEST}`, async () => {
  await serves(join(folder, 'node_modules/node/bin/node'))
})

async function serves(node: string): Promise<void> {
  const data = mkdtempSync(join(folder, 'data-'))
  const maru = join(folder, 'node_modules/maru/dist/bin/maru.js')
  const args = ['serve', '--data', data, '--plain', '127.0.0.1:0', '--workers', '1']
  const off = ['--tls', '127.0.0.1:0', '--http', '127.0.0.1:0', '--admin', '127.0.0.1:0']
  const server = spawn(node, [maru, ...args, ...off], { cwd: data })
  const errors: string[] = []
  server.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()))
  try {
    const port = await plainPort(server.stdout, () => errors.join(''))
    assert.match(await welcome(port), / 001 anna :Welcome/)
    assert.match(await pageOf(() => errors.join('')), /^<!doctype html>[^]*<script/)
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    assert.equal(await ended, 0, errors.join(''))
    // The first link, and nothing that went wrong.
    assert.match(errors.join(''), /^\nThere is no operator yet\. .*\n\n {2}http:\S+\n\n$/)
  } finally {
    server.kill('SIGKILL')
  }
}

async function plainPort(output: NodeJS.ReadableStream, errors: () => string): Promise<number> {
  let text = ''
  for await (const chunk of output) {
    text += String(chunk)
    if (!text.includes('"event":"ready"')) continue
    const listening = text.split('\n').find((line) => line.includes('"name":"plain"')) ?? '{}'
    const { port }: { port?: number } = JSON.parse(listening)
    return port ?? 0
  }
  throw new Error(`it ended before it was ready: ${text}${errors()}`)
}

/** What the monitor's first link shows: the page is in the package. */
async function pageOf(errors: () => string): Promise<string> {
  for (;;) {
    const link = /(http:\S+)\n/.exec(errors())?.[1]
    if (link !== undefined) return (await fetch(link)).text()
    await delay(5)
  }
}

async function welcome(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write('NICK anna\r\nUSER anna 0 * :Anna\r\n')
  let text = ''
  for await (const chunk of socket) {
    text += String(chunk)
    if (text.includes(' 422 ') || text.includes(' 376 ')) break
  }
  socket.destroy()
  return text
}
