import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startServer } from '../support/server.ts'

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`ROOMS - people find their rooms again after ${signal}`, async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'maru-rooms-'))
    context.after(() => rmSync(folder, { recursive: true, force: true }))
    {
      await using server = await startServer({ folder })
      const alice = await server.connect('plain')
      await alice.register('alice')
      alice.send('REGISTER * * password', 'JOIN #art,#den', 'CS REGISTER #art')
      await alice.until(/MODE #art \+q alice/)
      const guest = await server.connect('plain')
      await guest.register('guest')
      guest.send('JOIN #den,#gone', 'TOPIC #gone :lost', 'PART #gone')
      await guest.until(/PART #gone/)
      alice.send('TOPIC #art :colours', 'TOPIC #den :quiet', 'METADATA #art SET role :atelier')
      await alice.until(/ 761 alice #art role/)
      server.signal(signal)
      await server.exited
    }
    await using server = await startServer({ folder })
    const bob = await server.connect('plain')
    await bob.register('bob')
    bob.send('LIST', 'JOIN #art,#den,#gone', 'METADATA #art GET role')
    const heard = (await bob.until(/ 761 bob #art role/)).join('\n')
    assert.match(heard, / 322 bob #art 0 :?colours/)
    assert.doesNotMatch(heard, / 322 bob #den/)
    assert.match(heard, / 332 bob #den :?quiet/)
    assert.match(heard, / 353 bob = #art :?bob/)
    // Whose account made it is expected.
    assert.match(heard, / 353 bob = #den :?bob/)
    assert.match(heard, / 353 bob = #gone :?@bob/)
    assert.doesNotMatch(heard, /lost/)
  })
}
