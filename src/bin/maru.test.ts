import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { verifyPassword } from '../accounts/password.ts'

const MARU = join(import.meta.dirname, 'maru.ts')
const folder = mkdtempSync(join(tmpdir(), 'maru-bin-'))
after(() => rmSync(folder, { recursive: true }))

function maru(args: readonly string[], input = '') {
  return spawnSync(process.execPath, [MARU, ...args], { cwd: folder, input, encoding: 'utf8' })
}

test('maru - the version is that of the package', () => {
  const text = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  const { status, stdout } = maru(['--version'])
  assert.deepEqual([status, stdout], [0, `${version}\n`])
})

test('maru - help goes to standard output, and misuse with usage to standard error', () => {
  assert.match(maru(['help']).stdout, /Usage: maru COMMAND/)
  assert.match(maru(['help', 'serve']).stdout, /--plain HOST:PORT/)
  for (const args of [
    ['help', 'bench'],
    ['bench', '--help'],
  ]) {
    assert.match(maru(args).stdout, /--clients N/)
  }
  assert.match(maru(['serve', '--help']).stdout, /--plain HOST:PORT/)
  for (const args of [
    [],
    ['dance'],
    ['help', 'dance'],
    ['serve', '--loud'],
    ['passwd', 'x'],
    ['serve', 'now'],
  ]) {
    const { status, stdout, stderr } = maru(args)
    assert.deepEqual([status, stdout], [2, ''], args.join(' '))
    assert.match(stderr, /^maru: .*\n\n[^]*Usage: maru /)
  }
})

test('maru - every flag of serve is in its help', () => {
  const source = readFileSync(join(import.meta.dirname, 'serve.ts'), 'utf8')
  const flags = [...source.matchAll(/^ {2}'?([\w-]+)'?: \{ type: '/gm)].map(([, flag]) => flag)
  assert.equal(flags.length, 12)
  const { stdout } = maru(['help', 'serve'])
  for (const flag of flags) assert.ok(stdout.includes(`--${flag} `), flag)
})

test('maru - a wrong configuration ends serve with code 1 and every problem on a line', () => {
  writeFileSync(join(folder, 'bad.toml'), 'netwrok = "x"\nworkers = -1\n')
  const { status, stderr } = maru(['serve', '--config', 'bad.toml'])
  assert.equal(status, 1)
  assert.equal(
    stderr,
    'bad.toml:1: netwrok: there is no such key; did you mean network?\n' +
      'bad.toml:2: workers: expected a whole number from 0 to 256, found -1\n',
  )
})

test('maru - passwd hashes the first line of standard input', async () => {
  const { status, stdout, stderr } = maru(['passwd'], 'open sesame\r\nmore\n')
  assert.deepEqual([status, stderr], [0, ''])
  assert.equal(await verifyPassword('open sesame', stdout.trim()), true)
  assert.equal(maru(['passwd'], '\n').status, 1)
})
