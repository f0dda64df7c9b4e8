import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { selfSignedCertificate } from '../../src/server/certificate.ts'
import { configOf, startServer } from '../support/server.ts'
import { PATIENCE_MS } from '../support/patience.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-serve-'))
after(() => rmSync(folder, { recursive: true }))

test('serve - the log says where it listens, when it is ready, and how to connect', async () => {
  await using server = await startServer({ doors: ['plain', 'tls', 'http', 'https'] })
  const listening = server.log.filter(({ event }) => event === 'listening')
  assert.deepEqual(
    listening.map(({ name }) => name),
    ['plain', 'tls', 'http', 'https'],
  )
  for (const { host, port } of listening) {
    assert.equal(host, '127.0.0.1')
    assert.ok(Number(port) > 0)
  }
  const [ready] = server.log.slice(-1)
  assert.equal(ready?.['event'], 'ready')
  assert.equal(ready?.['connect'], `irssi -c 127.0.0.1 -p ${server.portOf('plain')}`)
})

test('serve - whoever stops it tells its clients, and the exit code is 0', async () => {
  await using server = await startServer({ keys: 'shutdown_message = "Back in a minute"' })
  const anna = await server.connect('plain')
  await anna.register('anna')
  const stranger = await server.connect('plain')
  // Until it has an answer, it may be waiting at the door still.
  await stranger.settled()
  server.signal('SIGTERM')
  assert.deepEqual(await anna.ended(), ['ERROR :Back in a minute'])
  assert.deepEqual(await stranger.ended(), ['ERROR :Back in a minute'])
  assert.deepEqual(await server.exited, { code: 0, errors: '' })
})

test('serve - a client that never reads holds up the stop for 5 seconds at most', async () => {
  await using server = await startServer({ config: LOOSE })
  const talker = await server.connect('plain')
  await talker.register('talker')
  const stuck = connect({ host: '127.0.0.1', port: server.portOf('plain') })
  stuck.on('error', () => {})
  stuck.write('NICK stuck\r\nUSER stuck 0 * :stuck\r\nJOIN #room\r\n')
  stuck.pause()
  talker.send('JOIN #room')
  await untilPresent()
  // More than the buffers of both systems take, so that something is left for the server to wait with.
  for (let n = 0; n < 12_000; n++) talker.send(`PRIVMSG #room :${'x'.repeat(400)}`)
  await talker.settled()
  const startMs = performance.now()
  server.signal('SIGTERM')
  const { code } = await server.exited
  stuck.destroy()
  assert.equal(code, 0)
  assert.ok(performance.now() - startMs < 5000)

  async function untilPresent(): Promise<void> {
    for (;;) {
      talker.send('NAMES #room')
      const names = await talker.until(/ 366 /)
      if (names.some((line) => line.includes('stuck'))) return
    }
  }
})

const LOOSE = `[limits.edge]
line_burst = 100_000
byte_burst = 100_000_000
send_queue_bytes = 100_000_000
slow_reader_bytes = 100_000_000
`

test('serve - a reload takes a new certificate, and those who are there stay', async () => {
  const [first, second] = [await certificate('first'), await certificate('second')]
  const doors = ['plain', 'tls'] as const
  await using server = await startServer({ doors, config: first.config })
  const anna = await server.connect('tls')
  await anna.register('anna')
  assert.equal(anna.fingerprint, first.fingerprint)

  writeFileSync(join(server.folder, 'maru.toml'), configOf({ doors, config: second.config }))
  const before = server.log.length
  server.signal('SIGHUP')
  await server.until('reloaded', before)

  const ben = await server.connect('tls')
  await ben.register('ben')
  assert.equal(ben.fingerprint, second.fingerprint)
  ben.send('PRIVMSG anna :still here?')
  assert.match((await anna.until(/PRIVMSG/)).at(-1) ?? '', /:ben!.* PRIVMSG anna :still here\?$/)
})

test('serve - a reload of a wrong configuration is refused with its line, and nothing changes', async () => {
  const { config, fingerprint } = await certificate('kept')
  const doors = ['tls'] as const
  await using server = await startServer({ doors, config })
  const anna = await server.connect('tls')
  await anna.register('anna')
  for (const wrong of ['[limits.chat]\nnick_length = -1', '[tls]\ncertificate = "gone.pem"']) {
    writeFileSync(join(server.folder, 'maru.toml'), configOf({ doors, config: wrong }))
    const before = server.log.length
    server.signal('SIGHUP')
    const { problem } = await server.until('configuration refused', before)
    assert.match(
      String(problem),
      /^maru\.toml:\d+: (?:limits\.chat\.nick_length|tls\.certificate): /,
    )
  }
  const ben = await server.connect('tls')
  await ben.register('ben')
  assert.equal(ben.fingerprint, fingerprint)
  assert.deepEqual(await anna.settled(), [])
})

test('serve - a second server on the same data folder is refused, and the first goes on', async () => {
  await using server = await startServer()
  const { status, stderr } = serveAgain(server.folder)
  assert.equal(status, 1)
  assert.match(stderr, /^maru: the data folder \S+ is in use by another Maru \(process \d+\)\n$/)
  await (await server.connect('plain')).register('anna')
})

test('serve - an address in use is refused with its name', async () => {
  await using server = await startServer()
  const port = server.portOf('plain')
  const other = join(folder, 'other')
  mkdirSync(other)
  writeFileSync(join(other, 'maru.toml'), configOf({}))
  const { status, stderr } = serveAgain(other, '--plain', `127.0.0.1:${port}`)
  assert.equal(status, 1)
  assert.equal(stderr, `maru: listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`)
  // What it had opened by then is free again.
  await using after = await startServer({ folder: other })
  await (await after.connect('plain')).register('anna')
})

test('serve - a folder whose server was killed is free again', async () => {
  const own = join(folder, 'killed')
  mkdirSync(own)
  const first = await startServer({ folder: own })
  first.signal('SIGKILL')
  assert.equal((await first.exited).code, null)
  await using second = await startServer({ folder: own })
  await (await second.connect('plain')).register('anna')
})

async function certificate(name: string): Promise<{ config: string; fingerprint: string }> {
  const path = join(folder, name)
  mkdirSync(path)
  const { fingerprint } = await selfSignedCertificate(path, `${name}.test`, Date.now())
  const file = (ending: string): string => JSON.stringify(join(path, `tls.${ending}`))
  return { config: `[tls]\ncertificate = ${file('crt')}\nkey = ${file('key')}`, fingerprint }
}

function serveAgain(cwd: string, ...args: readonly string[]) {
  const maru = join(import.meta.dirname, '../../src/bin/maru.ts')
  const all = [maru, 'serve', '--config', 'maru.toml', ...args]
  return spawnSync(process.execPath, all, { cwd, encoding: 'utf8', timeout: PATIENCE_MS })
}
