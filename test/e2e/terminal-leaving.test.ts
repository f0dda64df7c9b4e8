import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { PtyProgram } from '../support/terminal-pty.ts'
import { FakeAdminServer, SECRET } from '../support/terminal-server.ts'

const onPosix = { skip: process.platform === 'win32' }

const folder = mkdtempSync(join(tmpdir(), 'maru-terminal-'))
after(() => rmSync(folder, { recursive: true }))

async function fakeServer() {
  const server = new FakeAdminServer()
  await server.start()
  return Object.assign(server, { [Symbol.asyncDispose]: () => server.stop() })
}

/** The shell has the terminal again as it was. */
function assertInOrder(screen: PtyProgram): void {
  const left = screen.raw.slice(screen.raw.lastIndexOf('\x1b[?7h'))
  for (const bytes of ['\x1b[?2004l', '\x1b[?1006l', '\x1b[?1000l', '\x1b[?25h', '\x1b[?1049l']) {
    assert.ok(left.includes(bytes), `${JSON.stringify(bytes)} in ${JSON.stringify(left)}`)
  }
  assert.ok(!screen.isOnOtherScreen)
  assert.equal(screen.mouse, 'none')
}

test('TERMINAL - q leaves the terminal in order, and nothing behind', onPosix, async () => {
  await using server = await fakeServer()
  await using screen = new PtyProgram({
    args: ['monitor', server.url],
    environment: { MARU_TOKEN: SECRET },
  })
  await screen.until('mina (admin)')
  assert.ok(screen.isOnOtherScreen)
  assert.equal(screen.mouse, 'vt200')
  for (const bytes of ['\x1b[?25l', '\x1b[?1006h', '\x1b[?2004h']) {
    assert.ok(screen.raw.includes(bytes))
  }
  // The scrollback is not ours to erase.
  assert.ok(!screen.raw.includes('\x1b[3J'))
  screen.type('q')
  assert.deepEqual(await screen.ended, { exitCode: 0, signal: 0 })
  await screen.until(({ isOnOtherScreen }) => !isOnOtherScreen)
  assertInOrder(screen)
  assert.deepEqual(screen.lines().join('').trim(), '')
})

for (const [signal, number] of [
  ['SIGTERM', 15],
  ['SIGHUP', 1],
  ['SIGINT', 2],
] as const) {
  test(
    `TERMINAL - ${signal} leaves the terminal in order, and ends it as it says`,
    onPosix,
    async () => {
      await using server = await fakeServer()
      await using screen = new PtyProgram({
        args: ['monitor', server.url],
        environment: { MARU_TOKEN: SECRET },
      })
      await screen.until('mina (admin)')
      screen.kill(signal)
      assert.equal((await screen.ended).signal, number)
      await screen.until(({ isOnOtherScreen }) => !isOnOtherScreen)
      assertInOrder(screen)
    },
  )
}

test(
  "TERMINAL - in the server's own console, q asks whether the server stops, too",
  onPosix,
  async () => {
    await using server = await fakeServer()
    await using screen = new PtyProgram({
      args: ['monitor', server.url],
      environment: { MARU_CONSOLE_SECRET: SECRET },
    })
    await screen.until('mina (admin)')
    screen.type('q')
    await screen.until('── Stop the server, or leave only the dashboard?')
    screen.type('\x1b')
    await screen.until((it) => it.rowOf('Stop the server, or') < 0)
    assert.equal(server.seen('POST', '/stop'), undefined)
    screen.type('\x03')
    await screen.until('── Stop the server, or leave only the dashboard?')
    screen.type('s')
    assert.equal((await screen.ended).exitCode, 0)
    assert.equal(server.seen('POST', '/stop')?.authorization, `Bearer ${SECRET}`)
  },
)

test('TERMINAL - leaving only the dashboard stops nothing', onPosix, async () => {
  await using server = await fakeServer()
  await using screen = new PtyProgram({
    args: ['monitor', server.url],
    environment: { MARU_CONSOLE_SECRET: SECRET },
  })
  await screen.until('mina (admin)')
  screen.type('ql')
  assert.equal((await screen.ended).exitCode, 0)
  assert.equal(server.seen('POST', '/stop'), undefined)
})

test(
  'TERMINAL - who has no token is asked for name and password, and signs out at the end',
  onPosix,
  async () => {
    await using server = await fakeServer()
    await using screen = new PtyProgram({ args: ['monitor', server.url] })
    await screen.until('Name: ')
    screen.type('mina\r')
    await screen.until('Password: ')
    screen.type('correct horsf\x7fe\r')
    await screen.until('mina (admin)')
    assert.ok(!screen.raw.includes('correct'))
    assert.deepEqual(server.seen('POST', '/session')?.body, {
      name: 'mina',
      password: 'correct horse',
      as: 'bearer',
    })
    screen.type('q')
    assert.equal((await screen.ended).exitCode, 0)
    assert.ok(server.seen('DELETE', '/session'))
  },
)

test('TERMINAL - what is wrong is one clear sentence', onPosix, async () => {
  await using server = await fakeServer()
  const tokenFile = join(folder, 'token')
  writeFileSync(tokenFile, 'wrong\n')
  const cases = [
    [['http://127.0.0.1:1'], {}, 'maru: no server answers at http://127.0.0.1:1/ (ECONNREFUSED)'],
    [['127.0.0.1:8068'], {}, 'maru: 127.0.0.1:8068 is no address of a server'],
    [['http://u:p@x/'], {}, 'is no address of a server'],
    [[server.url], { MARU_TOKEN: 'wrong' }, 'maru: the server does not know this token'],
    [[server.url, '--token-file', tokenFile], {}, 'maru: the server does not know this token'],
  ] as const
  for (const [args, environment, sentence] of cases) {
    await using screen = new PtyProgram({ args: ['monitor', ...args], environment, columns: 120 })
    await screen.until(sentence)
    assert.equal((await screen.ended).exitCode, 1)
    assert.ok(!screen.raw.includes('\x1b[?1049h'))
  }
  await using screen = new PtyProgram({ args: ['monitor', server.url] })
  await screen.until('Name: ')
  screen.type('mina\rwrong\r')
  await screen.until('maru: the name or the password is wrong')
})

test('TERMINAL - without a terminal it says so, and exits with 1', async () => {
  const child = spawn(process.execPath, [join('src', 'bin', 'maru.ts'), 'monitor'], {
    cwd: join(import.meta.dirname, '..', '..'),
    env: { ...process.env, LC_ALL: 'C' },
  })
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  const [code] = (await once(child, 'close')) as [number]
  assert.equal(code, 1)
  assert.match(errors, /^maru: the dashboard needs a terminal; .+\n$/)
})

test(
  'TERMINAL - a dashboard that is killed leaves its terminal to who started it, in order',
  onPosix,
  async () => {
    await using server = await fakeServer()
    const started = join(folder, 'start.ts')
    const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)
    writeFileSync(
      started,
      `import { startDashboard } from ${url('../../src/bin/start-dashboard.ts')}
    const life = setTimeout(() => {}, 20_000)
    const dashboard = startDashboard({ url: ${JSON.stringify(server.url)}, secret: ${JSON.stringify(SECRET)} })
    await dashboard.ended
    console.log('log lines go on')
    process.once('SIGUSR2', () => clearTimeout(life))`,
    )
    await using screen = new PtyProgram({ program: started, args: [] })
    await screen.until('mina (admin)')
    const children = spawnSync('pgrep', ['-P', String(screen.processId)], {
      encoding: 'utf8',
    }).stdout
    process.kill(Number(children.trim()), 'SIGKILL')
    await screen.until('log lines go on')
    assertInOrder(screen)
    // What is typed is shown again, and ends lines: the terminal is not raw any more.
    screen.type('typed\r')
    await screen.until('typed')
    process.kill(screen.processId, 'SIGUSR2')
    assert.equal((await screen.ended).exitCode, 0)
  },
)
