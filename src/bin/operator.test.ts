import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import type { TestContext } from 'node:test'
import { openMonitorRecords } from '../server/monitor-records.ts'

const MARU = join(import.meta.dirname, 'maru.ts')
const PASSWORD = 'correct horse'

interface Answer {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Place {
  readonly folder: string
  readonly data: string
  readonly maru: (line: string, input?: string) => Answer
}

function place(context: TestContext): Place {
  const folder = mkdtempSync(join(tmpdir(), 'maru-operator-'))
  context.after(() => rmSync(folder, { recursive: true }))
  const maru = (line: string, input = ''): Answer =>
    spawnSync(process.execPath, [MARU, ...line.split(' ')], {
      cwd: folder,
      input,
      encoding: 'utf8',
    })
  return { folder, data: join(folder, 'data'), maru }
}

test('OPERATOR - the console makes, lists, changes and removes operators, and the audit tells', async (context) => {
  const { maru, data } = place(context)
  assert.match(maru('operator list').stderr, /there is no monitor\.db in .*data/)
  assert.equal(existsSync(data), false)

  const first = maru('operator add anna', `${PASSWORD}\n`)
  assert.deepEqual([first.status, first.stdout], [0, 'anna may sign in as admin\n'])
  assert.equal(maru('operator add ben', `${PASSWORD}\n`).stdout, 'ben may sign in as watch\n')
  const short = maru('operator add eve', 'short\n')
  assert.deepEqual([short.status, short.stdout], [1, ''])
  assert.match(short.stderr, /^maru: the password must have at least 10 characters\n$/)
  assert.equal(maru('operator role ben moderate').status, 0)
  assert.equal(maru('operator password ben', 'battery staple\n').status, 0)
  assert.match(maru('operator remove anna').stderr, /anna is the last admin and has to stay/)
  const listed = maru('operator list').stdout
  assert.match(listed, /^anna\tadmin\tadded \S+Z\tlast sign-in never\nben\tmoderate\t.*\n$/)

  using records = openMonitorRecords(data)
  const signedIn = await records.access.signIn('ben', 'battery staple', '127.0.0.1')
  assert.equal(signedIn.kind, 'signedIn')
  // Made while another process has it open.
  assert.equal(maru('operator remove ben').status, 0)
  assert.deepEqual(records.access.sessions(), [])

  const told = records.audit.entries({ count: 99 }).toReversed()
  assert.ok(told.every(({ who, from }) => who === 'console' && from === 'console'))
  assert.deepEqual(
    told.map(({ action, target, reason, outcome }) => [action, target, reason, outcome]),
    [
      ['add operator', 'anna admin', undefined, 'done'],
      ['add operator', 'ben watch', undefined, 'done'],
      ['add operator', 'eve watch', undefined, 'failed'],
      ['change operator', 'ben', 'moderate', 'done'],
      ['change operator', 'ben', 'password', 'done'],
      ['remove operator', 'anna', undefined, 'failed'],
      ['remove operator', 'ben', undefined, 'done'],
    ],
  )
  for (const name of ['monitor.db', 'monitor.db-wal']) {
    assert.equal(readFileSync(join(data, name)).includes('battery staple'), false)
  }
})

test('OPERATOR - the data folder is the one that the server would use', (context) => {
  const { maru, folder } = place(context)
  writeFileSync(join(folder, 'maru.toml'), 'data = "from-file"\n')
  writeFileSync(join(folder, 'other.toml'), 'data = "from-other"\n')
  maru('operator add anna', `${PASSWORD}\n`)
  maru('operator add anna --config other.toml', `${PASSWORD}\n`)
  maru('token add x --data from-flag')
  for (const name of ['from-file', 'from-other', 'from-flag']) {
    assert.ok(existsSync(join(folder, name, 'monitor.db')), name)
  }
})

test('TOKEN - its secret alone goes to standard output, and opens until it is removed', (context) => {
  const { maru, data } = place(context)
  const { status, stdout, stderr } = maru('token add grafana --days 30')
  assert.equal(status, 0)
  assert.match(stdout, /^maru_[\w-]{43}\n$/)
  const [, id = ''] = /^token (t\w+) of grafana, who may watch;/.exec(stderr) ?? []
  using records = openMonitorRecords(data)
  assert.equal(records.access.identityOfToken(stdout.trim())?.name, 'grafana')
  const [token] = records.access.tokens()
  assert.equal((token?.expiresAtMs ?? 0) - (token?.createdAtMs ?? 0), 30 * 86_400_000)
  const listed = maru('token list').stdout
  assert.match(listed, new RegExp(`^${id}\tgrafana\twatch\tadded .*\tends .*\tlast used .*\n$`))
  assert.equal(maru(`token remove ${id}`).status, 0)
  assert.match(maru(`token remove ${id}`).stderr, /there is no token/)
  assert.equal(records.access.identityOfToken(stdout.trim()), undefined)
  assert.deepEqual(
    records.audit.entries({ count: 9 }).map(({ action, outcome }) => `${action} ${outcome}`),
    ['remove token failed', 'remove token done', 'add token done'],
  )
})

test('AUDIT - verify says how many are intact, or which is not and why', (context) => {
  const { maru, data } = place(context)
  maru('token add one')
  maru('token add two')
  const whole = maru('audit verify')
  assert.deepEqual([whole.status, whole.stdout, whole.stderr], [0, '2 records, intact\n', ''])
  const database = new DatabaseSync(join(data, 'monitor.db'))
  database.exec('DROP TRIGGER audit_is_never_shortened; DELETE FROM audit WHERE seq = 2')
  database.close()
  const cut = maru('audit verify')
  assert.equal(cut.status, 1)
  assert.equal(
    cut.stdout,
    'broken at record 2: the end is cut off: there were 2 records, and 1 are left\n',
  )
})

test('AUDIT - show prints the newest, and nothing in them moves the cursor', (context) => {
  const { maru, data } = place(context)
  maru('token add one')
  using records = openMonitorRecords(data)
  const reason = 'he said "no"\u001b[2J\u009b\u202e\n\u{e0041}한글'
  const entry = { who: 'anna', role: 'admin', from: '192.0.2.1', action: 'kick' } as const
  records.audit.append({ ...entry, target: 'ben', reason, outcome: 'failed', detail: 'gone' })
  const { stdout } = maru('audit show --count 1')
  const [, , ...rest] = stdout.split('  ')
  assert.equal(
    rest.join('  '),
    String.raw`anna (admin) from 192.0.2.1  kick ben  because "he said \"no\"\u001b[2J\u009b\u202e\n\udb40\udc41한글"  failed gone` +
      '\n',
  )
  const lines = maru('audit show --json').stdout.trimEnd().split('\n')
  assert.doesNotMatch(lines.join(''), /[\p{C}]/u)
  assert.deepEqual(
    lines.map((line) => JSON.parse(line) as unknown),
    records.audit.entries({ count: 9 }).toReversed(),
  )
})

test('AUDIT - two processes that write at once make one chain', async (context) => {
  const { folder, data, maru } = place(context)
  const both = ['one', 'two', 'three'].map((name) =>
    spawn(process.execPath, [MARU, 'token', 'add', name], { cwd: folder, stdio: 'ignore' }),
  )
  const codes = await Promise.all(both.map(async (child) => (await once(child, 'close'))[0]))
  assert.deepEqual(codes, [0, 0, 0])
  assert.equal(maru('audit verify').stdout, '3 records, intact\n')
  using records = openMonitorRecords(data)
  assert.equal(records.access.tokens().length, 3)
})

test('OPERATOR - misuse is told with the usage, and makes nothing', (context) => {
  const { maru, data } = place(context)
  const cases: readonly (readonly [line: string, text: RegExp])[] = [
    ['operator', /a verb is missing/],
    ['operator dance', /there is no verb dance/],
    ['operator add', /NAME is missing/],
    ['operator add anna secret', /secret is one word too many/],
    ['operator add anna --role king', /there is no role king; there are watch, moderate, admin/],
    ['operator add anna --password x', /--password/],
    ['operator list --role watch', /--role is for add/],
    ['operator role anna', /ROLE is missing/],
    ['token', /a verb is missing/],
    ['token add x --days 0', /--days: expected a whole number from 1 to 36500, found 0/],
    ['token remove', /ID is missing/],
    ['token list --days 1', /are for add/],
    ['audit', /a verb is missing/],
    ['audit show --count -1', /--count/],
    ['audit verify --json', /are for show/],
  ]
  for (const [line, text] of cases) {
    const { status, stdout, stderr } = maru(line)
    assert.deepEqual([status, stdout], [2, ''], line)
    assert.match(stderr, text)
    assert.match(stderr, /\n\nUsage: maru (operator|token|audit) /)
  }
  assert.equal(existsSync(data), false)
})
