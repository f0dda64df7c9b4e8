import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { StoredEvent } from '../../src/state/record.ts'
import { runMaru } from '../support/command-line.ts'
import { injectPast, readPast } from '../support/past.ts'
import { configOf, startServer, type ServerProcess } from '../support/server.ts'

const DAY_MS = 86_400_000
const BEN = { source: 'ben!~ben@host.test', person: 'a:ben' } as const

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'maru-upkeep-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** What operators of the monitor ask, as JSON or as it came. */
async function api(server: ServerProcess, token: string, path: string, body?: object) {
  const response = await fetch(
    `http://127.0.0.1:${server.portOf('admin')}/api/v1/history/${path}`,
    {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    },
  )
  return { status: response.status, text: await response.text() }
}

async function tokenOf(folder: string, role: string): Promise<string> {
  return (await runMaru(folder, 'token', 'add', role, '--role', role)).stdout.trim()
}

function bodies(events: readonly StoredEvent[] | undefined): string[] {
  return (events ?? []).map(({ body }) => body)
}

/** Two rooms that have ended, of mina and ben. */
async function twoRooms(folder: string): Promise<void> {
  const events = [
    { body: 'mina here' },
    { body: 'ben here', ...BEN },
    { body: 'mina again', timeMs: DAY_MS },
    { body: 'ben again', ...BEN, timeMs: DAY_MS },
  ]
  await injectPast(join(folder, 'data'), [
    { id: 1, name: '#one', events },
    { id: 2, name: '#two', events },
  ])
}

async function stopped(folder: string, server: ServerProcess) {
  server.signal('SIGTERM')
  assert.equal((await server.exited).code, 0)
  return readPast(join(folder, 'data/history.db'))
}

test('UPKEEP - moderators purge over the API what all of the fields apply to; the audit has who, why and how many', async (context) => {
  const folder = folderOf(context)
  await twoRooms(folder)
  const token = await tokenOf(folder, 'moderate')
  await using server = await startServer({ folder, doors: ['plain', 'admin'] })
  const purged = await api(server, token, 'purge', {
    room: '#ONE',
    nick: 'Ben',
    toMs: 1000,
    reason: 'spam',
  })
  assert.deepEqual(
    [purged.status, purged.text],
    [200, '{"target":"nick Ben in #ONE to 1970-01-01T00:00:01.000Z","events":1}'],
  )
  const missing = await api(server, token, 'purge', { room: '#none', reason: 'spam' })
  assert.equal(missing.status, 404)
  const vague = await api(server, token, 'purge', { fromMs: 0, reason: 'spam' })
  assert.equal(vague.status, 400)
  const forbidden = await api(server, token, 'erase', { account: 'ben', reason: 'no' })
  assert.equal(forbidden.status, 403)
  const past = await stopped(folder, server)
  assert.deepEqual(bodies(past.get(1)), ['mina here', 'mina again', 'ben again'])
  assert.equal(past.get(2)?.length, 4)
  const { stdout } = await runMaru(folder, 'audit', 'show')
  assert.match(
    stdout,
    /moderate \(moderate\) from \S+ {2}purge history "nick Ben in #ONE to [^"]*" {2}because spam {2}done "1 events"/,
  )
  assert.match(
    stdout,
    /purge history "#none" {2}because spam {2}failed "There is no such room in the log"/,
  )
})

test('UPKEEP - a room is exported as a line of JSON for each event, and that is written down', async (context) => {
  const folder = folderOf(context)
  await twoRooms(folder)
  const token = await tokenOf(folder, 'admin')
  await using server = await startServer({ folder, doors: ['plain', 'admin'] })
  const room = await api(server, token, 'export?room=%23one')
  assert.equal(room.status, 200)
  const lines = room.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
  assert.equal(lines.length, 4)
  assert.deepEqual(lines[1], {
    time: '1970-01-01T00:00:00.002Z',
    room: '#one',
    msgid: 'b1m2',
    command: 'PRIVMSG',
    source: BEN.source,
    account: 'ben',
    text: 'ben here',
  })
  const his = await api(server, token, 'export?account=Ben')
  assert.deepEqual(his.text.match(/"text":"[^"]*"/g)?.length, 4)
  assert.doesNotMatch(his.text, /mina/)
  assert.equal((await api(server, token, 'export?room=%23none')).status, 404)
  assert.equal((await api(server, token, 'export')).status, 400)
  const { stdout } = await runMaru(folder, 'audit', 'show')
  assert.match(stdout, /export history "#one" {2}done\n/)
  assert.match(stdout, /export history ended {2}done "4 events"/)
})

test('UPKEEP - maru export writes for people and for programs, and over nothing', async (context) => {
  const folder = folderOf(context)
  await twoRooms(folder)
  const text = await runMaru(folder, 'export', '--room', '#one', '--format', 'text')
  assert.deepEqual(text.stdout.split('\n').slice(0, 2), [
    '1970-01-01 00:00:00  #one  <mina> mina here',
    '1970-01-01 00:00:00  #one  <ben> ben here',
  ])
  const made = await runMaru(folder, 'export', '--person', 'ben', '--output', 'ben.jsonl')
  assert.equal(made.stdout, 'ben.jsonl: 4 events\n')
  assert.equal(readFileSync(join(folder, 'ben.jsonl'), 'utf8').trimEnd().split('\n').length, 4)
  const again = await runMaru(folder, 'export', '--person', 'ben', '--output', 'ben.jsonl')
  assert.equal(again.code, 1)
  assert.match(again.stderr, /^maru: EEXIST/)
  const both = await runMaru(folder, 'export', '--room', '#one', '--person', 'ben')
  assert.deepEqual([both.code, both.stdout], [2, ''])
})

test('UPKEEP - purge and erase ask a server that runs, and change the log of one that is stopped', async (context) => {
  const folder = folderOf(context)
  await twoRooms(folder)
  {
    await using server = await startServer({ folder, doors: ['plain', 'admin'] })
    const purged = await runMaru(
      folder,
      'purge',
      '--room',
      '#two',
      '--to',
      '1970-01-02',
      '--reason',
      'old',
    )
    assert.deepEqual([purged.code, purged.stdout, purged.stderr], [0, '2 events are gone\n', ''])
    const erased = await runMaru(folder, 'erase', '--person', 'Mina', '--reason', 'asked')
    assert.deepEqual(
      [erased.code, erased.stdout],
      [0, '3 events have lost their content and their name\n'],
    )
    const past = await stopped(folder, server)
    assert.deepEqual(bodies(past.get(1)), ['', 'ben here', '', 'ben again'])
    assert.deepEqual(bodies(past.get(2)), ['', 'ben again'])
  }
  assert.equal((await runMaru(folder, 'token', 'list')).stdout, '')
  assert.equal((await runMaru(folder, 'erase', '--person', 'ben')).stdout.slice(0, 8), '3 events')
  assert.equal((await runMaru(folder, 'purge', '--room', '#two')).stdout, '2 events are gone\n')
  const past = await readPast(join(folder, 'data/history.db'))
  assert.deepEqual(bodies(past.get(1)), ['', '', '', ''])
  assert.deepEqual(past.get(2), [])
  const { stdout } = await runMaru(folder, 'audit', 'show')
  const told = [
    ...stdout.matchAll(/(?:console|command-line) \(admin\) from (\S+) {2}((?:purge|erase) \w+)/g),
  ]
  assert.deepEqual(
    told.map(([, from, action]) => `${action} ${from}`),
    [
      'purge history 127.0.0.1',
      'erase person 127.0.0.1',
      'erase person console',
      'purge history console',
    ],
  )
})

test('UPKEEP - a server without its admin side can not be asked, and is left alone', async (context) => {
  const folder = folderOf(context)
  await twoRooms(folder)
  await using server = await startServer({ folder })
  const purged = await runMaru(folder, 'purge', '--room', '#two')
  assert.equal(purged.code, 1)
  assert.match(purged.stderr, /^maru: the server runs without its admin side/)
  assert.equal((await stopped(folder, server)).get(2)?.length, 4)
})

test('UPKEEP - admins have a backup made into the data folder, and nowhere else', async (context) => {
  const folder = folderOf(context)
  await twoRooms(folder)
  const token = await tokenOf(folder, 'admin')
  await using server = await startServer({ folder, doors: ['plain', 'admin'] })
  const made = await api(server, token, 'backup', { file: 'today.db' })
  assert.deepEqual([made.status, made.text], [200, '{"target":"today.db","events":8}'])
  assert.equal((await api(server, token, 'backup', { file: 'today.db' })).status, 409)
  for (const file of ['../today.db', '/tmp/today.db', '..', '.hidden', 'a/b']) {
    assert.equal((await api(server, token, 'backup', { file })).status, 400, file)
  }
  assert.deepEqual(readdirSync(join(folder, 'data/backups')), ['today.db'])
  const verified = await runMaru(folder, 'verify', 'data/backups/today.db')
  assert.equal(verified.code, 0)
})

test('UPKEEP - what is old or too much goes when the server starts, by the rules of each room', async (context) => {
  const folder = folderOf(context)
  const nowMs = Date.now()
  const days = (...ages: readonly number[]) =>
    ages.map((age) => ({ body: `${age} days`, timeMs: nowMs - age * DAY_MS }))
  await injectPast(join(folder, 'data'), [
    { id: 1, name: '#one', events: days(40, 20, 5, 1) },
    { id: 2, name: '#two', events: days(40, 20, 5, 1) },
    { id: 3, name: '#all', events: days(400, 40, 1) },
    { id: 4, name: '#few', events: days(40, 5, 4, 3, 2, 1) },
  ])
  const retention = `[retention]
    days = 30
    [[retention.rooms]]
    name = "#TWO"
    days = 10
    [[retention.rooms]]
    name = "#all"
    [[retention.rooms]]
    name = "#few"
    messages = 3`
  await using server = await startServer({ folder, config: retention })
  const { events } = await server.until('old history removed')
  assert.equal(events, 1 + 2 + 3)
  const past = await stopped(folder, server)
  assert.deepEqual(bodies(past.get(1)), ['20 days', '5 days', '1 days'])
  assert.deepEqual(bodies(past.get(2)), ['5 days', '1 days'])
  assert.equal(past.get(3)?.length, 3)
  assert.deepEqual(bodies(past.get(4)), ['3 days', '2 days', '1 days'])
})

test('UPKEEP - a reload brings other rules, and paging ends where the past does', async (context) => {
  const folder = folderOf(context)
  await using server = await startServer({ folder })
  const anna = await server.connect('plain')
  anna.send('CAP REQ :draft/chathistory batch echo-message', 'CAP END')
  await anna.register('anna')
  anna.send('JOIN #room')
  for (let n = 1; n <= 6; n++) anna.send(`PRIVMSG #room :line ${n}`)
  await anna.until(/ PRIVMSG #room :line 6$/)
  writeFileSync(join(folder, 'maru.toml'), configOf({ config: '[retention]\nmessages = 4' }))
  server.signal('SIGHUP')
  const { events } = await server.until('old history removed')
  // Two messages, and the JOIN before them.
  assert.equal(events, 3)
  anna.send('CHATHISTORY BEFORE #room timestamp=2099-01-01T00:00:00.000Z 3')
  const newest = (await anna.until(/BATCH -/)).filter((line) => line.includes(' PRIVMSG '))
  assert.deepEqual(
    newest.map((line) => line.slice(-6)),
    ['line 4', 'line 5', 'line 6'],
  )
  anna.send('CHATHISTORY LATEST #room * 50')
  const all = (await anna.until(/BATCH -/)).filter((line) => line.includes(' PRIVMSG '))
  assert.deepEqual(
    all.map((line) => line.slice(-6)),
    ['line 3', 'line 4', 'line 5', 'line 6'],
  )
})

test('UPKEEP - what was purged from a running server is at once in no search and no history', async (context) => {
  const folder = folderOf(context)
  await using server = await startServer({ folder, doors: ['plain', 'admin'] })
  const anna = await server.connect('plain')
  anna.send('CAP REQ :draft/chathistory batch echo-message soju.im/search', 'CAP END')
  await anna.register('anna')
  anna.send('JOIN #room', 'PRIVMSG #room :the pineapple is ripe', 'PRIVMSG #room :nothing more')
  await anna.until(/ PRIVMSG #room :nothing more$/)
  const found = async (line: string): Promise<string[]> => {
    anna.send(line)
    const lines = await anna.until(/BATCH -/)
    return lines.flatMap((each) => / PRIVMSG #room :(.*)$/.exec(each)?.[1] ?? [])
  }
  assert.deepEqual(await found('SEARCH in=#room;text=pineapple'), ['the pineapple is ripe'])
  const purged = await runMaru(folder, 'purge', '--room', '#room', '--nick', 'Anna')
  // Two messages, and the JOIN.
  assert.equal(purged.stdout, '3 events are gone\n')
  assert.deepEqual(await found('SEARCH in=#room;text=pineapple'), [])
  assert.deepEqual(await found('CHATHISTORY LATEST #room * 50'), [])
  anna.send('PRIVMSG #room :on we go')
  await anna.until(/ PRIVMSG #room :on we go$/)
  assert.deepEqual(await found('CHATHISTORY LATEST #room * 50'), ['on we go'])
})
