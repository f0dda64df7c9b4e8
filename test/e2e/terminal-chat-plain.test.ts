import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { comeIn, startQuickServer } from '../support/terminal-chat.ts'

const MARU = join(import.meta.dirname, '../../src/bin/maru.ts')
const home = mkdtempSync(join(tmpdir(), 'maru-chat-plain-'))
after(() => rmSync(home, { recursive: true, force: true }))

/** `maru chat --plain` with pipes, and what it wrote. */
function openPlain(args: readonly string[]) {
  const child = spawn(process.execPath, [MARU, 'chat', '--plain', ...args], {
    env: { PATH: process.env['PATH'], HOME: home, USERPROFILE: home },
  })
  const written = { out: '', errors: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.errors += text))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const until = async (text: string): Promise<void> => {
    const end = Date.now() + 15_000
    while (!written.out.includes(text)) {
      assert.ok(Date.now() < end, `waited for ${text}: ${JSON.stringify(written)}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const end = (): void => void child.kill('SIGKILL')
  return { child, written, ended, until, [Symbol.dispose]: end }
}

/** The fields of the records, without times. */
function recordsIn(out: string): string[][] {
  const records = out.split('\n').filter((line) => line !== '')
  for (const line of records) assert.match(line, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t/)
  return records.map((line) => line.split('\t').slice(1))
}

test('CHAT - plain: lines in are said, and at their end it leaves when all were', async () => {
  await using server = await startQuickServer()
  const port = server.portOf('plain')
  const reader = await comeIn(server, 'reader', '#ops')
  using plain = openPlain([`irc://deploy@127.0.0.1:${port}/#ops`])
  const { child, ended, written } = plain
  child.stdin.end('deployed\tversion 3\n배포 완료\n/me rests\n')
  assert.equal(await ended, 0, written.errors)
  await reader.until(/PRIVMSG #ops :deployed\tversion 3/)
  await reader.until(/PRIVMSG #ops :배포 완료/)
  const told = recordsIn(written.out).filter(([, , who]) => who === 'deploy')
  assert.deepEqual(
    told.filter(([, kind]) => kind !== 'joined'),
    [
      ['#ops', 'message', 'deploy', 'deployed\\tversion 3'],
      ['#ops', 'message', 'deploy', '배포 완료'],
      ['#ops', 'action', 'deploy', 'rests'],
    ],
  )
})

test('CHAT - plain: what others say comes out, each once, and nothing of it reaches the terminal raw', async () => {
  await using server = await startQuickServer()
  const port = server.portOf('plain')
  const talker = await comeIn(server, 'talker', '#ops')
  using plain = openPlain([`irc://bot@127.0.0.1:${port}/#ops`, '--stay'])
  const { child, ended, until, written } = plain
  child.stdin.end()
  await talker.until(/:bot\S* JOIN #ops/)
  talker.send('PRIVMSG #ops :one\\two \u0002bold\u0002 \u001b[31mred\u202e')
  talker.send('PRIVMSG #ops :last')
  await until('last')
  const said = recordsIn(written.out).filter(([, kind]) => kind === 'message')
  assert.deepEqual(
    said.map(([, , , text]) => text),
    ['one\\\\two bold [31mred<U+202E>', 'last'],
  )
  child.kill('SIGINT')
  assert.equal(await ended, 130)
})

test('CHAT - plain: what can not be said is told, and the exit code says it', async () => {
  await using server = await startQuickServer()
  const port = server.portOf('plain')
  using plain = openPlain([`irc://bot@127.0.0.1:${port}/#ops`])
  const { child, ended, written } = plain
  child.stdin.end('/nosuch command\n')
  assert.equal(await ended, 1)
  assert.match(written.errors, /^maru: there is no such command/)
})

test('CHAT - plain: a certificate that nobody vouches for needs its fingerprint; other machines need TLS', async () => {
  await using server = await startQuickServer({ doors: ['tls'] })
  const address = `ircs://bot@127.0.0.1:${server.portOf('tls')}/#ops`
  using unknown = openPlain([address])
  unknown.child.stdin.end('hello\n')
  assert.equal(await unknown.ended, 1)
  const [fingerprint = ''] = /[0-9A-F]{2}(?::[0-9A-F]{2}){31}/.exec(unknown.written.errors) ?? []
  assert.match(unknown.written.errors, /signed by nobody that this machine knows/)

  using known = openPlain([address, '--fingerprint', fingerprint.toLowerCase().replaceAll(':', '')])
  known.child.stdin.end('hello\n')
  assert.equal(await known.ended, 0, known.written.errors)

  using other = openPlain([address, '--fingerprint', fingerprint.replace(/^../, '00')])
  other.child.stdin.end('hello\n')
  assert.equal(await other.ended, 1)
  assert.match(other.written.errors, /CERTIFICATE OF THE SERVER HAS CHANGED/)

  using away = openPlain(['irc://bot@chat.example.org/#ops'])
  assert.equal(await away.ended, 1)
  assert.match(away.written.errors, /without TLS everybody on the way can read along/)

  using secret = openPlain([address.replace('bot@', 'bot:secret@')])
  assert.equal(await secret.ended, 1)
  assert.match(secret.written.errors, /no address of a chat server/)
})
