import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { becomes } from '../support/hostile.ts'
import { fact, type Contract } from './stage.ts'

const CROWD = 5000
const MEMBERS = 500
const SPEAKERS = 10
const EACH_SAYS = 100

export function crowdFacts(contract: Contract): void {
  fact(contract, '5,000 who come at once all get in, and all are heard', async (stage) => {
    const port = await stage.listen()
    let answered = 0
    stage.react = ({ kind, connection }) => {
      if (kind === 'lines') stage.engine.send(connection, 'welcome\r\n')
    }
    const sockets = Array.from({ length: CROWD }, (_, i) => {
      const socket = connect({ host: '127.0.0.1', port, localAddress: `127.0.0.${2 + (i % 8)}` })
      let text = ''
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        if (text === 'welcome\r\n') answered++
      })
      socket.on('error', () => {})
      socket.write('hello\r\n')
      return socket
    })
    try {
      await becomes(() => answered === CROWD, 'a welcome for everyone')
      const count = (kind: string): number => stage.heard.filter((e) => e.kind === kind).length
      assert.deepEqual([count('opened'), count('closed')], [CROWD, 0])
    } finally {
      for (const socket of sockets) socket.resetAndDestroy()
    }
    await becomes(
      () => stage.heard.filter(({ kind }) => kind === 'closed').length === CROWD,
      'the end of everyone',
    )
    const figures = await stage.engine.figures()
    assert.ok(figures.every(({ connections }) => connections === 0))
  })

  fact(contract, 'two megabytes of lines arrive whole', async (stage) => {
    const [guest] = await stage.meet(await stage.listen(), 1)
    assert.ok(guest)
    const lines = Array.from({ length: 20_000 }, (_, i) => `:irc.test ${i} ${'가'.repeat(30)}`)
    const text = lines.map((line) => `${line}\r\n`).join('')
    stage.engine.send(guest.id, text)
    stage.engine.send(guest.id, Buffer.from(text))
    stage.engine.enter(guest.id, 1)
    stage.engine.cast([1], new Map([[1, text]]), 0)
    stage.engine.send(guest.id, 'end\r\n')
    await guest.caller.receives('end\r\n')
    assert.ok(guest.caller.text === `${text}${text}${text}end\r\n`)
  })

  fact(contract, '500 members hear 1,000 messages in the one order of the core', async (stage) => {
    const members = await stage.meet(await stage.listen(), MEMBERS)
    for (const { id } of members) stage.engine.enter(id, 1)
    const order: string[] = []
    stage.react = (completion) => {
      if (completion.kind !== 'lines') return
      for (const line of completion.lines) {
        order.push(`${line}\r\n`)
        stage.engine.cast([1], new Map([[1, `${line}\r\n`]]), 0)
      }
    }
    for (let said = 0; said < EACH_SAYS; said++) {
      for (const [i, { caller }] of members.slice(0, SPEAKERS).entries())
        caller.send(`:${i} ${said} says`)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await becomes(() => order.length === SPEAKERS * EACH_SAYS, 'all messages')
    const last = order.at(-1) ?? ''
    await Promise.all(members.map(({ caller }) => caller.receives(last)))
    const expected = order.join('')
    for (const { caller } of members) assert.ok(caller.text === expected)
  })

  fact(contract, 'a core that is busy for a while loses nothing', async (stage) => {
    const guests = await stage.meet(await stage.listen(), 4)
    const lines = Array.from({ length: 40_000 }, (_, i) => `${i} ${'w'.repeat(60)}`)
    for (const { caller } of guests) caller.send(...lines)
    let naps = 0
    stage.react = ({ kind }) => {
      if (kind === 'lines' && naps++ % 200 === 0) nap(50)
    }
    const last = lines.at(-1) ?? ''
    await Promise.all(guests.map(({ id }) => stage.hears(id, last)))
    for (const { id } of guests) assert.ok(stage.linesOf(id).join() === lines.join())
  })

  fact(contract, 'a core that was busy hears the last words of those who waited', async (stage) => {
    const guests = await stage.meet(await stage.listen(), 100)
    // Together more than a ring holds, each no more than is read at once.
    const lines = Array.from({ length: 200 }, (_, i) => `${i} ${'u'.repeat(80)}`)
    let hasNapped = false
    stage.react = ({ kind }) => {
      if (kind === 'lines' && !hasNapped) nap(300)
      hasNapped ||= kind === 'lines'
    }
    for (const { caller } of guests) caller.send(...lines)
    const last = lines.at(-1) ?? ''
    await Promise.all(guests.map(({ id }) => stage.hears(id, last)))
  })

  fact(contract, 'a core that has said too much hears on when it is written', async (stage) => {
    const [guest, other] = await stage.meet(await stage.listen(), 2)
    assert.ok(guest && other)
    const text = `${'v'.repeat(510)}\r\n`.repeat(4096)
    for (let i = 0; i < 16; i++) stage.engine.send(guest.id, text)
    for (const { caller } of [guest, other]) caller.send('and now?')
    await stage.hears(guest.id, 'and now?')
    await stage.hears(other.id, 'and now?')
    await stage.told(guest)
    assert.equal(guest.caller.lines.length, 16 * 4096)
  })
}

const never = new Int32Array(new SharedArrayBuffer(4))

/** The core's thread stands still. */
function nap(durationMs: number): void {
  Atomics.wait(never, 0, 0, durationMs)
}
