import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { connectClient } from '../support/client.ts'
import { PtyProgram } from '../support/terminal-pty.ts'

const onPosix = { skip: process.platform === 'win32' }

/** `maru serve` as somebody starts it in a terminal. */
function serveInTerminal(): PtyProgram & { readonly portOf: () => number } {
  const folder = mkdtempSync(join(tmpdir(), 'maru-terminal-real-'))
  const doors = ['--plain', '127.0.0.1:0', '--tls', 'none', '--http', 'none']
  const screen = new PtyProgram({
    args: ['serve', ...doors, '--admin', '127.0.0.1:0', '--data', join(folder, 'data')],
    columns: 100,
    rows: 28,
  })
  void screen.ended.then(() => rmSync(folder, { recursive: true, force: true }))
  const portOf = (): number =>
    Number(/plain 127\.0\.0\.1:(\d+)/.exec(screen.lines().join('\n'))?.[1])
  return Object.assign(screen, { portOf })
}

test(
  'TERMINAL - serve shows the dashboard, who comes and goes, and log lines once it is left',
  onPosix,
  async () => {
    await using screen = serveInTerminal()
    await screen.until(/plain 127\.0\.0\.1:\d+/)
    assert.ok(screen.isOnOtherScreen)
    await screen.until(/First login +http:\/\/127\.0\.0\.1:\d+\/#first=/)
    const port = screen.portOf()
    {
      using minji = await connectClient({ port })
      minji.send('NICK 민지', 'USER minji 0 * :Minji')
      await screen.until(/People +1 /)
      await screen.until('민지')
    }
    await screen.until(/People +0 /)
    await screen.until('gone after')

    screen.type('q')
    await screen.until('leave the dashboard')
    screen.type('l')
    await screen.until(({ isOnOtherScreen }) => !isOnOtherScreen)
    // The dashboard's process is not gone yet; what is said meanwhile comes with the log all the same.
    {
      using _jun = await connectClient({ port })
      await screen.until(/info +connected +connection=2 /)
    }
    screen.kill('SIGTERM')
    assert.equal((await screen.ended).exitCode, 0)
  },
)

test('TERMINAL - the dashboard of serve can stop the server', onPosix, async () => {
  await using screen = serveInTerminal()
  await screen.until('console (admin)')
  screen.type('q')
  await screen.until('stop the server')
  screen.type('s')
  assert.equal((await screen.ended).exitCode, 0)
  await screen.until(({ isOnOtherScreen }) => !isOnOtherScreen)
})

test(
  'TERMINAL - a server whose terminal is closed goes on, and stops when it is told to',
  onPosix,
  async () => {
    await using screen = serveInTerminal()
    await screen.until(/plain 127\.0\.0\.1:\d+/)
    const port = screen.portOf()
    using minji = await connectClient({ port })
    await minji.register('minji')
    screen.hangUp()
    // Their log lines are taken by nobody.
    for (const nick of ['jun', 'sora']) {
      using late = await connectClient({ port })
      await late.register(nick)
      await minji.settled()
    }
    process.kill(screen.processId, 'SIGTERM')
    assert.equal((await screen.ended).exitCode, 0)
  },
)
