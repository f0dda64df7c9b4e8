import assert from 'node:assert/strict'
import { setTimeout as later } from 'node:timers/promises'
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
    const one = async (): Promise<void> => {
      const { caller } = await stage.enter(port)
      caller.socket.end('first\r\nsecond\r\n')
      await caller.closes()
      assert.deepEqual(caller.lines, ['re first', 're second'])
      assert.equal(caller.error, undefined)
    }
    await Promise.all(Array.from({ length: 10 }, one))
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

  fact(contract, 'who closes its side and reads slowly gets all that was queued', async (stage) => {
    const [slow, other] = await stage.meet(await stage.listen(), 2)
    assert.ok(slow && other)
    slow.caller.socket.pause()
    const text = `${'s'.repeat(510)}\r\n`.repeat(20_000)
    stage.engine.send(slow.id, text)
    await stage.told(other)
    // Of a later turn, while the kernel has no room.
    stage.engine.send(slow.id, 'and this\r\n')
    await stage.told(other)
    slow.caller.socket.end('bye\r\n')
    await stage.hears(slow.id, 'bye')
    await later(500)
    slow.caller.socket.resume()
    await slow.caller.closes()
    assert.ok(slow.caller.text === `${text}and this\r\n`, slow.caller.text.slice(-40))
    assert.equal((await stage.closed(slow.id)).reason, 'Connection closed')
  })

  fact(contract, 'who closed its side and is cast to meanwhile just goes', async (stage) => {
    const [leaver, other] = await stage.meet(await stage.listen(), 2)
    assert.ok(leaver && other)
    for (const { id } of [leaver, other]) stage.engine.enter(id, 1)
    leaver.caller.socket.pause()
    stage.engine.send(leaver.id, `${'s'.repeat(510)}\r\n`.repeat(20_000))
    leaver.caller.socket.end('bye\r\n')
    await stage.hears(leaver.id, 'bye')
    for (let turn = 0; turn < 50; turn++) {
      stage.engine.cast([1], new Map([[1, 'news\r\n']]), 0)
      await stage.told(other)
      await later(10)
    }
    leaver.caller.socket.resume()
    assert.equal((await stage.closed(leaver.id)).reason, 'Connection closed')
    assert.equal(leaver.caller.error, undefined)
  })
}
