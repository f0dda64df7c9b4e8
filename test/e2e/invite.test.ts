import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startServer } from '../support/server.ts'

const MARU = join(import.meta.dirname, '../../src/bin/maru.ts')

interface Answer {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function invite(folder: string, ...args: readonly string[]): Answer {
  return spawnSync(process.execPath, [MARU, 'invite', ...args], { cwd: folder, encoding: 'utf8' })
}

const ACCOUNTS = '[accounts]\nregistration = "invite"\ninvitation_url = "https://chat.example/"\n'

test('INVITE - without a server: a code once, a list without codes, and the end of it', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'maru-invite-'))
  context.after(() => rmSync(folder, { recursive: true }))
  const made = invite(folder, '--uses', '5', '--days', '14', '--room', '#art')
  assert.deepEqual([made.status, made.stdout.length], [0, 27], made.stderr)
  assert.match(made.stderr, /for 5 accounts, into #art, until /)
  const listed = invite(folder, 'list').stdout
  const id = /^(\w{12})\t#art\t5 left\tby console\t/.exec(listed)?.[1]
  assert.ok(id !== undefined, listed)
  assert.ok(!filesWith(folder, made.stdout.trim()), 'the code is kept')
  assert.equal(invite(folder, 'revoke', id).status, 0)
  assert.deepEqual([invite(folder, 'list').stdout, invite(folder, 'revoke', id).status], ['', 1])
  for (const wrong of [['--uses', '0'], ['--days', 'x'], ['dance'], ['list', '--uses', '2']]) {
    assert.equal(invite(folder, ...wrong).status, 2, wrong.join(' '))
  }
  writeFileSync(join(folder, 'maru.toml'), 'history = "off"\n')
  assert.match(invite(folder).stderr, /nothing is kept/)
})

test('INVITE - a server that runs is asked, and its people come in with the code', async () => {
  await using server = await startServer({ config: ACCOUNTS, doors: ['plain', 'admin'] })
  const alice = await server.connect('plain')
  alice.send('NICK alice', 'USER a 0 * :A', 'JOIN #art', 'MODE #art +i')
  await alice.until(/ MODE #art \+i/)
  const made = invite(server.folder, '--config', 'maru.toml', '--room', '#art')
  const code = /^https:\/\/chat\.example\/invite\/([a-z2-7]{26})\n$/.exec(made.stdout)?.[1]
  assert.ok(code !== undefined, made.stderr)
  assert.match(invite(server.folder, '--config', 'maru.toml', 'list').stdout, /#art\t1 left/)
  const bob = await server.connect('plain')
  bob.send('NICK bob', 'USER b 0 * :B', 'REGISTER * * password')
  await bob.until(/INVITATION_REQUIRED/)
  bob.send(`REGISTER * * password ${code}`)
  await bob.until(/INVITE bob #art/)
  bob.send('JOIN #art')
  await bob.until(/ 366 bob #art/)
  assert.equal(invite(server.folder, '--config', 'maru.toml', 'list').stdout, '')
  const revoked = invite(server.folder, '--config', 'maru.toml', 'revoke', 'nothing')
  assert.deepEqual([revoked.status, revoked.stderr], [1, 'maru: There is no such invitation\n'])
})

function filesWith(folder: string, text: string): boolean {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .some((path) => readFileSync(path, 'latin1').includes(text))
}
