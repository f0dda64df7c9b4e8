import assert from 'node:assert/strict'
import { fact, type Contract, type Guest } from './stage.ts'

const ALL = 0
const A_CLASS = 1
const B_CLASS = 2
const ROOM = 10
const OTHER = 20

export function castFacts(contract: Contract): void {
  fact(
    contract,
    'what is sent in a turn arrives in the order of the submissions',
    async (stage) => {
      const [guest] = await stage.meet(await stage.listen(), 1)
      assert.ok(guest)
      const { engine } = stage
      engine.send(guest.id, 'one\r\n')
      engine.enter(guest.id, ROOM)
      engine.cast([ROOM], new Map([[A_CLASS, 'two\r\n']]), ALL)
      engine.send(guest.id, 'three\r\nfour\r\n')
      engine.cast([ROOM], new Map([[A_CLASS, Buffer.from('다섯\r\n')]]), ALL)
      engine.send(guest.id, Buffer.from('six\r\n'))
      await stage.told(guest)
      assert.deepEqual(guest.caller.lines, ['one', 'two', 'three', 'four', '다섯', 'six'])
    },
  )

  fact(contract, 'a cast reaches its rooms, to each the bytes of its class', async (stage) => {
    const guests = await stage.meet(await stage.listen(), 12)
    for (const [i, { id }] of guests.entries()) {
      // Three in four are in the room, and every other one is of the second class.
      if (i % 4 !== 3) stage.engine.enter(id, ROOM)
      if (i % 2 === 1) stage.engine.classify(id, B_CLASS)
    }
    const variants = new Map([
      [A_CLASS, 'a\r\n'],
      [B_CLASS, 'b\r\n'],
    ])
    stage.engine.cast([ROOM], variants, ALL)
    stage.engine.cast([ROOM], new Map([[B_CLASS, 'only b\r\n']]), ALL)
    stage.engine.cast([OTHER], variants, ALL)
    await tellAll(stage, guests)
    for (const [i, { caller }] of guests.entries()) {
      const expected = i % 4 === 3 ? [] : i % 2 === 1 ? ['b', 'only b'] : ['a']
      assert.deepEqual(caller.lines, expected, `member ${i}`)
    }
  })

  fact(contract, 'a cast leaves out whom it excepts, and nobody else', async (stage) => {
    const guests = await stage.meet(await stage.listen(), 9)
    for (const { id } of guests) stage.engine.enter(id, ROOM)
    for (const [i, { id }] of guests.entries()) {
      stage.engine.cast([ROOM], new Map([[A_CLASS, `${i}\r\n`]]), id)
    }
    await tellAll(stage, guests)
    const all = guests.map((_, i) => String(i))
    for (const [i, { caller }] of guests.entries()) {
      assert.deepEqual(
        caller.lines,
        all.filter((line) => line !== String(i)),
      )
    }
  })

  fact(contract, 'a member of several rooms hears a cast once', async (stage) => {
    const guests = await stage.meet(await stage.listen(), 8)
    for (const [i, { id }] of guests.entries()) {
      if (i % 2 === 0) stage.engine.enter(id, ROOM)
      if (i % 3 === 0) stage.engine.enter(id, OTHER)
      // Who enters twice is in it once.
      if (i === 0) stage.engine.enter(id, ROOM)
    }
    const except = guests[6]?.id ?? ALL
    stage.engine.cast([ROOM, OTHER, 30], new Map([[A_CLASS, 'once\r\n']]), except)
    await tellAll(stage, guests)
    for (const [i, { caller }] of guests.entries()) {
      const isIn = (i % 2 === 0 || i % 3 === 0) && i !== 6
      assert.deepEqual(caller.lines, isIn ? ['once'] : [], `member ${i}`)
    }
  })

  fact(contract, 'no stranger hears a cast', async (stage) => {
    const port = await stage.listen()
    const stranger = await stage.enter(port)
    const [known] = await stage.meet(port, 1)
    assert.ok(known)
    for (const { id } of [stranger, known]) stage.engine.enter(id, ROOM)
    stage.engine.cast([ROOM], new Map([[A_CLASS, 'first\r\n']]), ALL)
    stage.engine.classify(stranger.id, A_CLASS)
    stage.engine.cast([ROOM], new Map([[A_CLASS, 'second\r\n']]), ALL)
    await tellAll(stage, [stranger, known])
    assert.deepEqual(stranger.caller.lines, ['second'])
    assert.deepEqual(known.caller.lines, ['first', 'second'])
  })

  fact(contract, 'enter, leave and classify take effect between two casts', async (stage) => {
    const guests = await stage.meet(await stage.listen(), 6)
    const cast = (text: string): void => {
      const lines = new Map([
        [A_CLASS, `${text} a\r\n`],
        [B_CLASS, `${text} b\r\n`],
      ])
      stage.engine.cast([ROOM], lines, ALL)
    }
    const each = (submit: (id: number) => void): void => {
      for (const { id } of guests) submit(id)
    }
    cast('outside')
    each((id) => stage.engine.enter(id, ROOM))
    cast('inside')
    each((id) => stage.engine.classify(id, B_CLASS))
    cast('classified')
    each((id) => stage.engine.leave(id, ROOM))
    cast('left')
    each((id) => stage.engine.leave(id, ROOM))
    each((id) => stage.engine.enter(id, ROOM))
    cast('back')
    await tellAll(stage, guests)
    for (const { caller } of guests) {
      assert.deepEqual(caller.lines, ['inside a', 'classified b', 'back b'])
    }
  })

  fact(contract, 'who comes hears nothing that was meant for who left', async (stage) => {
    const port = await stage.listen()
    for (let round = 0; round < 6; round++) {
      const [old] = await stage.meet(port, 1)
      assert.ok(old)
      stage.engine.enter(old.id, ROOM)
      await stage.told(old)
      old.caller.socket.end()
      await stage.closed(old.id)
      const [next] = await stage.meet(port, 1)
      assert.ok(next)
      stage.engine.send(old.id, 'for the old one\r\n')
      stage.engine.cast([ROOM], new Map([[A_CLASS, 'for the room\r\n']]), ALL)
      await stage.told(next)
      assert.deepEqual(next.caller.lines, [])
    }
  })

  fact(contract, 'submissions about who is gone, or never was, do nothing', async (stage) => {
    const port = await stage.listen()
    const guests = await stage.meet(port, 6)
    const gone = guests.slice(0, 3)
    for (const { caller } of gone) caller.socket.end()
    for (const { id } of gone) await stage.closed(id)
    for (const id of [...gone.map((each) => each.id), 0, 1_000_000, 4_000_000_000]) {
      stage.engine.send(id, 'lost\r\n')
      stage.engine.enter(id, ROOM)
      stage.engine.classify(id, B_CLASS)
      stage.engine.cast([ROOM], new Map([[A_CLASS, 'lost\r\n']]), id)
      stage.engine.leave(id, ROOM)
      stage.engine.close(id, 'ERROR :lost\r\n', 'lost')
    }
    await tellAll(stage, guests.slice(3))
    for (const { caller } of guests.slice(3)) assert.deepEqual(caller.lines, [])
    for (const { id } of gone) assert.equal(stage.closings(id).length, 1)
  })
}

async function tellAll(
  stage: { told: (guest: Guest) => Promise<void> },
  guests: readonly Guest[],
): Promise<void> {
  await Promise.all(guests.map((guest) => stage.told(guest)))
}
