import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { plain } from '../support/account-people.ts'
import { startServer, type ServerProcess } from '../support/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-devices-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const HOME = '127.0.0.2'
const STRANGER = '127.0.0.3'

/** What the server says to a password for Anna's account. */
async function enters(server: ServerProcess, from: string, password: string): Promise<string> {
  using client = await server.connect('plain', { from })
  client.send('CAP REQ :sasl standard-replies', 'AUTHENTICATE PLAIN')
  client.send(`AUTHENTICATE ${plain('anna', password)}`)
  return (await client.until(/ (?:90[34]|FAIL AUTHENTICATE) /)).at(-1) ?? ''
}

/** The networks from where Anna logged in, as the log has them. */
function keptNetworks(): unknown[] {
  using database = new DatabaseSync(join(folder, 'data', 'history.db'))
  const rows = database.prepare("SELECT key, value FROM kept WHERE kind = 'device'").all()
  return rows.map(({ key, value }) => [
    key,
    (JSON.parse(String(value)) as readonly (readonly [string, number])[]).map(([at]) => at),
  ])
}

test('E2E - from where somebody logged in is kept over a kill, and let in however much strangers guess', async () => {
  {
    await using server = await startServer({ folder })
    const anna = await server.connect('plain', { from: HOME })
    await anna.register('anna')
    anna.send('REGISTER * * correct-horse')
    await anna.until(/ REGISTER SUCCESS | NOTICE anna .*registered/)
    assert.match(await enters(server, HOME, 'correct-horse'), / 903 /)
    server.signal('SIGKILL')
    await server.exited
  }
  assert.deepEqual(keptNetworks(), [['anna', [HOME]]])
  await using again = await startServer({ folder })
  const guesses = Array.from({ length: 8 }, (_, i) => enters(again, STRANGER, `guess ${i}`))
  for (const answer of await Promise.all(guesses)) assert.doesNotMatch(answer, / 903 /)
  assert.match(await enters(again, HOME, 'correct-horse'), / 903 /)
  // Whoever changes the password is known from nowhere.
  using owner = await again.connect('plain', { from: HOME })
  await owner.register('anna2')
  owner.send('NS IDENTIFY anna correct-horse')
  await owner.until(/ 900 /)
  owner.send('NS SET PASSWORD correct-horse better-horse')
  await owner.until(/NickServ!\S+ NOTICE .*[Pp]assword/)
  await owner.settled()
  again.signal('SIGKILL')
  await again.exited
  assert.deepEqual(keptNetworks(), [])
})
