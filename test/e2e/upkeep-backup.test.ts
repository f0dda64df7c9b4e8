import assert from 'node:assert/strict'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { Client } from '../support/client.ts'
import { runMaru } from '../support/command-line.ts'
import { startUnlimited } from '../support/crash.ts'
import { hashOf, injectPast, readPast } from '../support/past.ts'
import { startServer, type ServerProcess } from '../support/server.ts'

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'maru-upkeep-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const ROOMS = ['#one', '#two']

/** Talks in all rooms, the next as soon as the last was echoed, until it is told to end. */
class Writer {
  readonly acknowledged: string[] = []
  readonly #client: Client
  readonly #nick: string
  #isEnded = false

  constructor(client: Client, nick: string) {
    this.#client = client
    this.#nick = nick
  }

  async run(): Promise<void> {
    this.#client.send('CAP REQ :echo-message', 'CAP END')
    await this.#client.register(this.#nick)
    for (const room of ROOMS) this.#client.send(`JOIN ${room}`)
    await this.#client.settled()
    for (let n = 1; !this.#isEnded; n++) {
      const text = `${this.#nick} ${n}`
      this.#client.send(`PRIVMSG ${ROOMS[n % ROOMS.length]} :${text}`)
      await this.#client.until(new RegExp(`:${this.#nick}!.* PRIVMSG .*:${text}$`))
      this.acknowledged.push(text)
    }
  }

  end(): void {
    this.#isEnded = true
  }
}

async function startWriters(
  server: ServerProcess,
): Promise<{ writers: Writer[]; all: Promise<unknown> }> {
  const writers: Writer[] = []
  for (const nick of ['anna', 'ben', 'cleo', 'dan']) {
    writers.push(new Writer(await server.connect('plain'), nick))
  }
  const all = Promise.all(writers.map((writer) => writer.run()))
  while (writers.some(({ acknowledged }) => acknowledged.length < 50)) {
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 20))])
  }
  return { writers, all }
}

test('UPKEEP - a backup of a server that four people write to has all that was acknowledged before it, and can be lived on', async (context) => {
  const [folder, fresh] = [folderOf(context), folderOf(context)]
  const file = join(folder, 'copy.db')
  let before: string[]
  {
    await using server = await startUnlimited({ folder })
    const { writers, all } = await startWriters(server)
    before = writers.flatMap(({ acknowledged }) => acknowledged)
    const counts = writers.map(({ acknowledged }) => acknowledged.length)
    const made = await runMaru(folder, 'backup', 'copy.db')
    assert.deepEqual([made.code, made.stderr], [0, ''])
    assert.match(made.stdout, /^copy\.db: \d+ events of 2 rooms and conversations, verified\n$/)
    // Nobody waited for it.
    for (const [i, { acknowledged }] of writers.entries()) {
      assert.ok(acknowledged.length > (counts[i] ?? 0))
    }
    for (const writer of writers) writer.end()
    await all
    server.signal('SIGTERM')
    await server.exited
  }
  const restored = await runMaru(fresh, 'restore', file)
  assert.deepEqual([restored.code, restored.stderr], [0, ''])
  const source = await readPast(join(folder, 'data/history.db'))
  const copy = await readPast(join(fresh, 'data/history.db'))
  assert.deepEqual([...copy.keys()], [...source.keys()])
  for (const [buffer, events] of copy) {
    const prefix = source.get(buffer)?.slice(0, events.length) ?? []
    assert.equal(hashOf(events), hashOf(prefix))
  }
  const texts = new Set([...copy.values()].flat().map(({ body }) => body))
  assert.deepEqual(
    before.filter((text) => !texts.has(text)),
    [],
  )
  await using server = await startServer({ folder: fresh })
  const anna = await server.connect('plain')
  anna.send('CAP REQ :draft/chathistory batch', 'CAP END')
  await anna.register('anna')
  anna.send('JOIN #one', 'CHATHISTORY LATEST #one * 1')
  const newest = [...copy.values()]
    .flat()
    .filter(({ buffer, command }) => buffer === [...copy.keys()][0] && command === 'PRIVMSG')
    .at(-1)
  await anna.until(new RegExp(` PRIVMSG #\\w+ :${newest?.body ?? '?'}$`))
})

test('UPKEEP - backup overwrites nothing, and says what is wrong', async (context) => {
  const folder = folderOf(context)
  const none = await runMaru(folder, 'backup', 'copy.db')
  assert.equal(none.code, 1)
  assert.match(none.stderr, /^maru: there is no .*history\.db\n$/)
  await injectPast(join(folder, 'data'), [{ id: 1, name: '#one', events: [{}, {}] }])
  writeFileSync(join(folder, 'mine.txt'), 'mine')
  const taken = await runMaru(folder, 'backup', 'mine.txt')
  assert.deepEqual([taken.code, taken.stderr], [1, 'maru: mine.txt is already there\n'])
  const nowhere = await runMaru(folder, 'backup', 'no/where.db')
  assert.match(nowhere.stderr, /^maru: there is no folder .*no\n$/)
  writeFileSync(join(folder, 'maru.toml'), 'database = "postgres://localhost/maru"\n')
  const elsewhere = await runMaru(folder, 'backup', 'copy.db')
  assert.match(elsewhere.stderr, /use pg_dump\n$/)
  assert.match((await runMaru(folder, 'restore', 'copy.db')).stderr, /use pg_restore\n$/)
  assert.match((await runMaru(folder, 'backup')).stderr, /FILE is missing\n\nUsage: maru backup/)
  assert.deepEqual(readdirSync(folder).toSorted(), ['data', 'maru.toml', 'mine.txt'])
})

test('UPKEEP - a copy that is damaged, or no copy, is neither good nor restored', async (context) => {
  const folder = folderOf(context)
  const data = join(folder, 'data')
  await injectPast(data, [{ id: 1, name: '#one', events: [{}, {}, {}] }])
  assert.equal((await runMaru(folder, 'backup', 'copy.db')).code, 0)
  const good = await runMaru(folder, 'verify', 'copy.db')
  assert.equal(good.stdout, 'copy.db: 3 events of 1 rooms and conversations, good\n')
  writeFileSync(join(folder, 'damaged.db'), 'no database at all, and longer than a header would be')
  for (const name of ['damaged.db', 'nothing.db']) {
    const verified = await runMaru(folder, 'verify', name)
    assert.equal(verified.code, 1, name)
    assert.match(verified.stderr, /^maru: this is no good copy of a log: /)
    const restored = await runMaru(folder, 'restore', name)
    assert.equal(restored.code, 1, name)
  }
  assert.equal(existsSync(join(data, 'replaced')), false)
  assert.equal((await readPast(join(data, 'history.db'))).get(1)?.length, 3)
})

test('UPKEEP - restore moves aside what is there, and leaves a server that runs alone', async (context) => {
  const folder = folderOf(context)
  const data = join(folder, 'data')
  await injectPast(data, [{ id: 1, name: '#one', events: [{}, {}, {}] }])
  assert.equal((await runMaru(folder, 'backup', 'copy.db')).code, 0)
  {
    await using server = await startServer({ folder })
    const refused = await runMaru(folder, 'restore', 'copy.db')
    assert.equal(refused.code, 1)
    assert.match(refused.stderr, /^maru: the data folder .* is in use by another Maru/)
    server.signal('SIGTERM')
    await server.exited
  }
  copyFileSync(join(folder, 'copy.db'), join(folder, 'other.db'))
  await injectPast(data, [{ id: 2, name: '#later', events: [{}] }])
  const restored = await runMaru(folder, 'restore', 'other.db')
  assert.deepEqual([restored.code, restored.stderr], [0, ''])
  const [, before = ''] = /^what was there before is in (.*)\n/.exec(restored.stdout) ?? []
  assert.deepEqual([...(await readPast(join(data, 'history.db'))).keys()], [1])
  assert.deepEqual([...(await readPast(join(before, 'history.db'))).keys()], [1, 2])
  assert.equal(existsSync(join(data, 'search.db')), false)
  const { stdout } = await runMaru(folder, 'audit', 'show')
  assert.match(
    stdout,
    /console \(admin\) from console {2}restore "[^"]*other\.db" {2}done "3 events"/,
  )
})
