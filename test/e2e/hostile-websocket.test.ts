import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Maru, nextTurn, type Peer, withMaru } from '../support/hostile.ts'
import {
  BINARY,
  CLOSE,
  frameBytes,
  type FrameShape,
  PING,
  TEXT,
  WebPeer,
} from '../support/web-peer.ts'

interface Stage {
  readonly maru: Maru
  /** Shares a room with each `WebPeer` that `enter` makes. */
  readonly watcher: Peer
  readonly enter: (nick: string, protocol?: string) => Promise<WebPeer>
}

async function withWatcher(run: (stage: Stage) => Promise<void>): Promise<void> {
  await withMaru({ doors: ['plain', 'http'] }, async (maru) => {
    const watcher = await maru.join('watcher')
    watcher.send('JOIN #room')
    await watcher.settled()
    const peers: WebPeer[] = []
    await run({
      maru,
      watcher,
      async enter(nick, protocol) {
        const peer = await WebPeer.dial(maru.portOf('http'), protocol)
        peers.push(peer)
        await peer.register(nick)
        peer.send('JOIN #room')
        await peer.settled()
        await watcher.until(/ JOIN /)
        return peer
      },
    })
    for (const peer of peers) peer.socket.destroy()
  })
}

const NOT_FRAMES: readonly (readonly [string, number, FrameShape])[] = [
  ['a frame without a mask', 1002, { head: TEXT, payload: 'PING x', mask: 'none' }],
  ['100 MiB announced', 1009, { head: TEXT, announced: 100n * 1024n * 1024n }],
  ['more than any number holds', 1009, { head: BINARY, announced: 2n ** 63n }],
  ['a message over 16 KiB', 1009, { head: TEXT, payload: 'x'.repeat(16 * 1024 + 1) }],
  ['text that is not UTF-8', 1007, { head: TEXT, payload: Buffer.from('PING \xe9', 'latin1') }],
  ['compressed, which was not agreed', 1002, { head: 0xc1, payload: 'PING x' }],
  ['a reserved bit', 1002, { head: 0x91, payload: 'PING x' }],
  ['a reserved opcode', 1002, { head: 0x83, payload: 'PING x' }],
  ['a reserved control opcode', 1002, { head: 0x8b }],
  ['the rest of nothing', 1002, { head: 0x80, payload: 'PING x' }],
  ['a ping in fragments', 1002, { head: 0x09 }],
  ['a ping of 126 bytes', 1002, { head: PING, payload: 'x'.repeat(126) }],
  ['a close of one byte', 1002, { head: CLOSE, payload: 'x' }],
  ['a close with a code that is none', 1002, { head: CLOSE, payload: Buffer.of(0, 1) }],
]

test('HOSTILE - a frame that is none ends its connection alone, with the code and a reason', async () => {
  await withWatcher(async ({ watcher, enter }) => {
    for (const [what, code, shape] of NOT_FRAMES) {
      const peer = await enter('bob')
      peer.sendFrame(shape)
      assert.equal((await peer.closed())?.code, code, what)
      const quit = (await watcher.until(/ QUIT /)).at(-1) ?? ''
      assert.match(quit, /^:bob!\S+ QUIT :\w[\w -]+/, what)
    }
    assert.deepEqual(await watcher.settled(), [])
  })
})

test('HOSTILE - a message may have 64 fragments, and not one more', async () => {
  await withWatcher(async ({ watcher, enter }) => {
    const peer = await enter('bob')
    const fragments = (count: number): void => {
      const text = 'PRIVMSG #room :' + 'x'.repeat(count - 15)
      for (let i = 0; i < count; i++) {
        const head = (i === 0 ? 0x01 : 0) | (i === count - 1 ? 0x80 : 0)
        peer.sendFrame({ head, payload: text.charAt(i) })
      }
    }
    fragments(64)
    assert.equal((await watcher.until(/PRIVMSG/)).length, 1)
    fragments(65)
    assert.equal((await peer.closed())?.code, 1008)
    assert.match((await watcher.until(/ QUIT /)).join(), /^:bob!\S+ QUIT :[^,]*fragments$/)
  })
})

test('HOSTILE - a frame that comes a byte at a time is the same frame', async () => {
  await withWatcher(async ({ watcher, enter }) => {
    const peer = await enter('bob')
    for (const byte of frameBytes({ head: TEXT, payload: 'PRIVMSG #room :마루 🌳' })) {
      peer.socket.write(Buffer.of(byte))
      await nextTurn()
    }
    assert.match((await watcher.until(/PRIVMSG/)).join(), /:마루 🌳$/)
  })
})

test('HOSTILE - a message with a line end within never becomes two lines', async () => {
  await withWatcher(async ({ watcher, enter }) => {
    const peer = await enter('bob')
    for (const break_ of ['\n', '\r\n', '\r', '\0']) {
      peer.send(`PRIVMSG #room :a${break_}QUIT :forged`)
      assert.match((await peer.settled()).join('|'), / FAIL \* INVALID_MESSAGE ?:[^|]*$/)
    }
    assert.deepEqual(await watcher.settled(), [])
  })
})

/** "If `text.ircv3.net` is negotiated, then they will exchange text messages": we do, and forgive who doesn't. */
test('HOSTILE - binary messages on a text connection are lines, and their answers are text', async () => {
  await withWatcher(async ({ watcher, enter }) => {
    const peer = await enter('bob', 'text.ircv3.net')
    peer.sendFrame({ head: BINARY, payload: 'PRIVMSG #room :hi' })
    peer.sendFrame({ head: BINARY, payload: Buffer.from('PRIVMSG #room :\xe9', 'latin1') })
    peer.sendFrame({ head: BINARY, payload: 'PING last' })
    await peer.until(/ FAIL \* INVALID_UTF8 ?:/)
    while (peer.frames.length === 0) await nextTurn()
    assert.deepEqual(
      peer.frames.map(({ opcode }) => opcode),
      [1],
    )
    assert.deepEqual((await watcher.settled()).length, 1)
  })
})

test('HOSTILE - text messages on a binary connection are lines, and their answers are binary', async () => {
  await withWatcher(async ({ watcher, enter }) => {
    const peer = await enter('bob', 'binary.ircv3.net')
    peer.send('PRIVMSG #room :hi')
    peer.send('PING last')
    while (peer.frames.length === 0) await nextTurn()
    assert.deepEqual(
      peer.frames.map(({ opcode }) => opcode),
      [2],
    )
    assert.equal((await watcher.settled()).length, 1)
  })
})

/** "Maximum message size is reduced by two bytes accordingly (ie. to 510 bytes by default for the non-tags part)" */
test('HOSTILE - a message of 510 bytes is heard, and one more byte has 417 for an answer', async () => {
  await withWatcher(async ({ enter }) => {
    const peer = await enter('bob')
    for (const [length, isTooLong] of [
      [510, false],
      [511, true],
      [8191, true],
      [16_384, true],
    ] as const) {
      peer.send('AWAY :' + 'x'.repeat(length - 6))
      const answers = await peer.settled()
      assert.equal(answers.length, 1)
      assert.equal(/ 417 /.test(answers[0] ?? ''), isTooLong, `${length}: ${answers[0]}`)
    }
  })
})

test('HOSTILE - 64 pings may come before registration, and the next one is the end', async () => {
  await withMaru({ doors: ['http'] }, async (maru) => {
    const peer = await WebPeer.dial(maru.portOf('http'))
    for (let i = 0; i < 65; i++) peer.sendFrame({ head: PING, payload: 'x' })
    await peer.until(/^ERROR :Too much input before registration$/)
    assert.equal((await peer.closed())?.code, 1000)
  })
})

test('HOSTILE - who leaves by a close frame or by QUIT leaves properly', async () => {
  await withWatcher(async ({ watcher, enter }) => {
    const closing = await enter('bob')
    closing.sendFrame({ head: CLOSE, payload: Buffer.of(0x03, 0xe8) })
    assert.equal((await closing.closed())?.code, 1000)
    assert.match((await watcher.until(/ QUIT /)).join(), /QUIT :Connection closed$/)
    const quitting = await enter('bob')
    quitting.send('QUIT :bye')
    await quitting.until(/^ERROR :Quit: bye$/)
    assert.equal((await quitting.closed())?.code, 1000)
    assert.match((await watcher.until(/ QUIT /)).join(), /QUIT :Quit: bye$/)
  })
})
