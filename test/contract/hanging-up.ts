import assert from 'node:assert/strict'
import { fact, type Contract } from './stage.ts'

/** Clients that say all they have to say and close their side, as scripts do. */
export function hangingUpFacts(contract: Contract): void {
  fact(contract, 'who says something and closes its side at once is answered', async (stage) => {
    stage.react = (completion) => {
      if (completion.kind !== 'lines') return
      for (const line of completion.lines)
        stage.engine.send(completion.connection, `re ${line}\r\n`)
    }
    const port = await stage.listen()
    for (let round = 0; round < 10; round++) {
      const { caller } = await stage.enter(port)
      caller.socket.end('first\r\nsecond\r\n')
      await caller.closes()
      assert.deepEqual(caller.lines, ['re first', 're second'])
      assert.equal(caller.error, undefined)
    }
  })

  fact(
    contract,
    'what somebody over budget said before closing its side is read to the end',
    async (stage) => {
      const [guest] = await stage.meet(await stage.listen(), 1)
      assert.ok(guest)
      guest.caller.socket.end(Array.from({ length: 12 }, (_, i) => `line ${i}\r\n`).join(''))
      await stage.hears(guest.id, 'line 11')
      assert.equal((await stage.closed(guest.id)).reason, 'Connection closed')
    },
    { lineBurst: 2, linesPerSecond: 10 },
  )
}
