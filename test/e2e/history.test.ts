import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as passes } from 'node:timers/promises'
import { HISTORY_CAPS, msgidOf, textsOf } from '../support/history-world.ts'
import type { Client } from '../support/client.ts'
import { startServer, type ServerProcess } from '../support/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-history-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** As fast as the test talks. */
const config = '[limits.edge]\nline_burst = 10_000\nbyte_burst = 10_000_000\n'

async function enter(server: ServerProcess, nick: string, ...caps: string[]): Promise<Client> {
  const client = await server.connect('plain')
  client.send(`CAP REQ :${[...HISTORY_CAPS, ...caps].join(' ')}`, 'CAP END')
  await client.register(nick)
  client.send('JOIN #art')
  await client.settled()
  return client
}

/** Until what is looked for is there, as an index is behind the log; at most 10 s. */
async function eventually(look: () => Promise<readonly string[]>, expected: readonly string[]) {
  let found = await look()
  for (let i = 0; i < 50 && found.join() !== expected.join(); i++) {
    await passes(200)
    found = await look()
  }
  assert.deepEqual(found, expected)
}

test('E2E - what was said, redacted and read is the same after a kill; search finds what is left', async () => {
  let redacted = ''
  {
    await using server = await startServer({ folder, config })
    const mina = await enter(server, 'mina', 'draft/message-redaction', 'soju.im/search')
    mina.send('PRIVMSG #art :the 팔레트 is done', 'PRIVMSG #art :wrong 팔레트')
    const said = await mina.until(/wrong/)
    redacted = msgidOf(said.at(-1))
    const search = async (): Promise<readonly string[]> => {
      mina.send('SEARCH text=팔레')
      return textsOf(await mina.until(/ BATCH -/))
    }
    await eventually(search, ['the 팔레트 is done', 'wrong 팔레트'])
    mina.send(`REDACT #art ${redacted}`)
    await mina.until(/ REDACT /)
    await eventually(search, ['the 팔레트 is done'])
    server.signal('SIGKILL')
    await server.exited
  }
  await using again = await startServer({ folder, config })
  const ben = await enter(again, 'ben')
  ben.send('CHATHISTORY LATEST #art * 10')
  const lines = await ben.until(/ BATCH -/)
  assert.deepEqual(textsOf(lines), ['the 팔레트 is done'])
  assert.ok(!lines.some((line) => line.includes(redacted)))
  const plain = await again.connect('plain')
  await plain.register('old')
  plain.send('JOIN #art')
  await plain.until(/ PRIVMSG #art :\[\d\d:\d\d\] the 팔레트 is done$/)
})

test('E2E - who asks for everything at once gets pages that no queue overflows with, the newest first', async () => {
  await using server = await startServer({ config })
  const mina = await enter(server, 'mina')
  for (let i = 0; i < 3000; i++) mina.send(`PRIVMSG #art :${i} ${'x'.repeat(350)}`)
  await mina.until(/ :2999 /)
  for (let i = 0; i < 4; i++) mina.send('CHATHISTORY LATEST #art * 1000')
  for (let i = 0; i < 4; i++) {
    const lines = await mina.until(/ BATCH -/)
    assert.ok(lines.length > 100)
    assert.match(lines.at(-2) ?? '', / :2999 /)
    const bytes = Buffer.byteLength(lines.join('\r\n'))
    assert.ok(bytes <= 128 * 1024, `${bytes} bytes`)
  }
})
