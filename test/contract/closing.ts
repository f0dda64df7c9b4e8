import assert from 'node:assert/strict'
import { becomes } from '../support/hostile.ts'
import { fact, type Contract } from './stage.ts'

const KIB = 1024
const MIB = 1024 * KIB

export function closingFacts(contract: Contract): void {
  fact(contract, 'closed comes once, with the reason and the totals', async (stage) => {
    const port = await stage.listen()
    const { id, caller } = await stage.enter(port)
    caller.send('one', 'two')
    await stage.hears(id, 'two')
    stage.engine.send(id, 'answer\r\n')
    await caller.receives('answer\r\n')
    caller.socket.end()
    const { reason, totals } = await stage.closed(id)
    assert.equal(reason, 'Connection closed')
    assert.deepEqual(
      { ...totals, openForMs: 0 },
      { linesIn: 2, bytesIn: 10, bytesOut: 8, openForMs: 0 },
    )
    assert.ok(totals.openForMs > 0)
    const reset = await stage.enter(port)
    reset.caller.socket.resetAndDestroy()
    assert.equal((await stage.closed(reset.id)).reason, 'Connection reset by peer')
    stage.engine.close(id, '', 'again')
    await stage.told(await stage.enter(port))
    assert.equal(stage.closings(id).length, 1)
    assert.equal(stage.closings(reset.id).length, 1)
  })

  fact(contract, 'close sends what is queued, then the farewell, then the end', async (stage) => {
    const [guest] = await stage.meet(await stage.listen(), 1)
    assert.ok(guest)
    const { id, caller } = guest
    stage.engine.enter(id, 1)
    stage.engine.send(id, 'queued\r\n')
    stage.engine.close(id, 'ERROR :bye\r\n', 'said goodbye')
    stage.engine.send(id, 'too late\r\n')
    stage.engine.cast([1], new Map([[1, 'too late\r\n']]), 0)
    stage.engine.close(id, 'ERROR :again\r\n', 'said goodbye twice')
    await caller.closes()
    assert.equal(caller.text, 'queued\r\nERROR :bye\r\n')
    assert.equal(caller.hasEnded, true)
    assert.equal((await stage.closed(id)).reason, 'said goodbye')
    assert.equal(stage.closings(id).length, 1)
  })

  fact(
    contract,
    'who has been closed enters no room, and hears nothing behind ERROR',
    async (stage) => {
      const [leaver, other] = await stage.meet(await stage.listen(), 2)
      assert.ok(leaver && other)
      leaver.caller.socket.pause()
      // So much that the farewell has to wait, and casts of later turns could come between it and the end.
      const text = `${'q'.repeat(510)}\r\n`.repeat(20_000)
      stage.engine.send(leaver.id, text)
      stage.engine.close(leaver.id, 'ERROR :bye\r\n', 'said goodbye')
      for (const { id } of [leaver, other]) stage.engine.enter(id, 1)
      for (let turn = 0; turn < 3; turn++) {
        stage.engine.cast([1], new Map([[1, 'too late\r\n']]), 0)
        await stage.told(other)
      }
      leaver.caller.socket.resume()
      await leaver.caller.closes()
      assert.ok(leaver.caller.text === `${text}ERROR :bye\r\n`, leaver.caller.text.slice(-100))
      assert.deepEqual(other.caller.lines, ['too late', 'too late', 'too late'])
      assert.equal((await stage.closed(leaver.id)).reason, 'said goodbye')
    },
  )

  fact(contract, 'after close nothing of a connection is heard but its end', async (stage) => {
    const { id, caller } = await stage.enter(await stage.listen())
    stage.react = (completion) => {
      if (completion.kind === 'lines') stage.engine.close(id, 'ERROR :bye\r\n', 'enough')
    }
    caller.send('first')
    await caller.receives('ERROR :bye\r\n')
    const before = stage.heard.length
    caller.send('second', 'third')
    await stage.closed(id)
    assert.deepEqual(
      stage.heard.slice(before).filter(({ kind }) => kind !== 'closed'),
      [],
    )
  })

  fact(
    contract,
    'the farewell arrives even when the client has sent what nobody read',
    async (stage) => {
      const [guest] = await stage.meet(await stage.listen(), 1)
      assert.ok(guest)
      const { id, caller } = guest
      // Far over its budget, and more than the kernel takes: a close that read no more would make it a reset.
      await stage.told(guest)
      caller.text = ''
      const paid = Array.from({ length: 10 }, (_, i) => `line ${i}`)
      caller.send(...paid, `${'f'.repeat(510)}\r\n`.repeat(16 * KIB))
      await stage.hears(id, 'line 9')
      stage.engine.send(id, `${'x'.repeat(400)}\r\n`.repeat(1000))
      stage.engine.close(id, 'ERROR :bye\r\n', 'enough')
      await caller.closes()
      assert.equal(caller.text.length, 402 * 1000 + 12)
      assert.ok(caller.text.endsWith('ERROR :bye\r\n'))
      assert.equal(caller.error, undefined)
      assert.equal((await stage.closed(id)).reason, 'enough')
    },
    { lineBurst: 10, linesPerSecond: 0.01 },
  )

  fact(contract, 'close comes to an end with a client that never reads', async (stage) => {
    const [guest] = await stage.meet(await stage.listen(), 1)
    assert.ok(guest)
    guest.caller.socket.pause()
    stage.engine.send(guest.id, `${'x'.repeat(500)}\r\n`.repeat(40_000))
    stage.engine.close(guest.id, 'ERROR :bye\r\n', 'enough')
    assert.equal((await stage.closed(guest.id)).reason, 'enough')
    // What it never read is waited for no longer.
    for (const { queuedBytes } of await stage.engine.figures()) assert.equal(queuedBytes, 0)
  })

  fact(
    contract,
    'a reader that is too slow is closed with the name of the limit',
    async (stage) => {
      const [slow, quick] = await stage.meet(await stage.listen(), 2)
      assert.ok(slow && quick)
      for (const { id } of [slow, quick]) stage.engine.enter(id, 1)
      slow.caller.socket.pause()
      const line = `${'x'.repeat(16 * KIB - 2)}\r\n`
      for (let i = 0; stage.closings(slow.id).length === 0 && i < 500; i++) {
        for (let each = 0; each < 8; each++) stage.engine.cast([1], new Map([[1, line]]), 0)
        await stage.told(quick)
        quick.caller.text = ''
      }
      assert.equal((await stage.closed(slow.id)).reason, 'SendQ exceeded')
      assert.equal(stage.closings(quick.id).length, 0)
    },
    { sendQueueBytes: MIB, slowReaderBytes: MIB / 4 },
  )

  fact(contract, 'drained waits until all is written and who was closed is gone', async (stage) => {
    const guests = await stage.meet(await stage.listen(), 4)
    // More than the rings and the kernel hold.
    const text = `${'y'.repeat(500)}\r\n`.repeat(20_000)
    for (const { id } of guests) {
      stage.engine.send(id, text)
      stage.engine.close(id, 'ERROR :stopping\r\n', 'stopping')
    }
    let isDrained = false
    void stage.engine.drained(60_000).then(() => (isDrained = true))
    await becomes(() => isDrained, 'drained, long before its deadline')
    for (const { caller } of guests) {
      await caller.closes()
      assert.equal(caller.text.length, text.length + 17)
      assert.ok(caller.text.endsWith('ERROR :stopping\r\n'))
    }
    for (const { id } of guests) assert.equal((await stage.closed(id)).reason, 'stopping')
  })

  fact(contract, 'drained does not wait longer than it is told to', async (stage) => {
    const [guest] = await stage.meet(await stage.listen(), 1)
    assert.ok(guest)
    guest.caller.socket.pause()
    stage.engine.send(guest.id, `${'z'.repeat(500)}\r\n`.repeat(40_000))
    const startMs = performance.now()
    await stage.engine.drained(300)
    assert.ok(performance.now() - startMs >= 295)
    assert.equal(stage.closings(guest.id).length, 0)
    const figures = await stage.engine.figures()
    assert.ok(figures.some(({ queuedBytes }) => queuedBytes > 0))
  })
}
