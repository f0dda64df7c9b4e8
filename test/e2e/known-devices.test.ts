import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { plain } from '../support/account-people.ts'
import { startServer, type ServerProcess } from '../support/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-devices-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const HOME = '127.0.0.2'
const STRANGER = '127.0.0.3'
const ELSEWHERE = '127.0.0.4'

/** What the server says to a password for Anna's account. */
async function enters(server: ServerProcess, from: string, password: string): Promise<string> {
  using client = await server.connect('plain', { from })
  client.send('CAP REQ :sasl standard-replies', 'AUTHENTICATE PLAIN')
  client.send(`AUTHENTICATE ${plain('anna', password)}`)
  return (await client.until(/ (?:90[34]|FAIL AUTHENTICATE) /)).at(-1) ?? ''
}

test('E2E - strangers who guess lock nobody out of where they logged in before, over a kill of the server too', async () => {
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
  await using again = await startServer({ folder })
  const guesses = Array.from({ length: 8 }, (_, i) => enters(again, STRANGER, `guess ${i}`))
  await Promise.all(guesses)
  assert.doesNotMatch(await enters(again, ELSEWHERE, 'correct-horse'), / 903 /)
  assert.match(await enters(again, HOME, 'correct-horse'), / 903 /)
})
