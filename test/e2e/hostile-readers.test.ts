import assert from 'node:assert/strict'
import { test } from 'node:test'
import { becomes, type Maru, type Peer, withMaru } from '../support/hostile.ts'

/** More than the system keeps for a socket that isn't read, with room to spare. */
const MOST_BATCHES = 400
const BATCH = 100
const SMALL_QUEUE = { sendQueueBytes: 64 * 1024, slowReaderBytes: 64 * 1024 }

/** Talks to a room with a sleeper in it until the sleeper has quit; returns the quit. */
async function talkUntilQuit(talker: Peer, watcher: Peer, sleeper: string): Promise<string> {
  const quit = new RegExp(`^:${sleeper}!\\S+ QUIT `)
  let said = 0
  let heard = 0
  let reason: string | undefined
  const read = (lines: readonly string[]): void => {
    for (const line of lines) {
      if (quit.test(line)) reason = line
      else assert.match(line, new RegExp(`PRIVMSG #room :${heard++} x+$`))
    }
  }
  for (let batch = 0; batch < MOST_BATCHES && reason === undefined; batch++) {
    const lines = Array.from({ length: BATCH }, () => `PRIVMSG #room :${said++} ${'x'.repeat(400)}`)
    talker.send(lines.join('\r\n'))
    assert.deepEqual(
      (await talker.settled()).filter((line) => !quit.test(line)),
      [],
    )
    read(await watcher.settled())
  }
  // Nothing that was said is missing or out of order.
  read(await watcher.settled())
  assert.equal(heard, said)
  return reason ?? 'nobody quit'
}

async function withRoom(
  edge: Record<string, number>,
  run: (room: { maru: Maru; talker: Peer; watcher: Peer; sleeper: Peer }) => Promise<void>,
): Promise<void> {
  await withMaru({ edge }, async (maru) => {
    const [talker, watcher, sleeper] = await Promise.all(
      ['talker', 'watcher', 'sleeper'].map((nick) => maru.join(nick)),
    )
    if (talker === undefined || watcher === undefined || sleeper === undefined) return
    for (const peer of [talker, watcher, sleeper]) peer.send('JOIN #room')
    for (const peer of [talker, watcher, sleeper]) await peer.settled()
    await talker.settled()
    await watcher.settled()
    sleeper.socket.pause()
    await run({ maru, talker, watcher, sleeper })
  })
}

test('HOSTILE - who never reads is closed at the limit of the send queue, and nobody else loses a line', async () => {
  await withRoom(SMALL_QUEUE, async ({ talker, watcher, sleeper }) => {
    const quit = await talkUntilQuit(talker, watcher, 'sleeper')
    assert.equal(quit, ':sleeper!~sleeper@127.0.0.1 QUIT :SendQ exceeded')
    sleeper.socket.resume()
    await sleeper.closed()
  })
})

test('HOSTILE - who stays over the limit of slow readers for too long is closed with that reason', async () => {
  const edge = { slowReaderBytes: 16 * 1024, slowReaderMs: 100, sendQueueBytes: 1024 ** 3 }
  await withRoom(edge, async ({ talker, watcher }) => {
    const quit = await talkUntilQuit(talker, watcher, 'sleeper')
    assert.equal(quit, ':sleeper!~sleeper@127.0.0.1 QUIT :Reading too slowly')
  })
})

test('HOSTILE - who wakes up in time has missed nothing', async () => {
  await withRoom({}, async ({ talker, sleeper }) => {
    const count = 15_000
    for (let i = 0; i < count; i += BATCH) {
      const lines = Array.from(
        { length: BATCH },
        (_, j) => `PRIVMSG #room :${i + j} ${'x'.repeat(300)}`,
      )
      talker.send(lines.join('\r\n'))
      if (i === count / 2) sleeper.socket.resume()
      await talker.settled()
    }
    await becomes(() => sleeper.unread.length >= count, 'all of it has arrived')
    assert.deepEqual(
      sleeper.unread.map((line) => Number(line.split(' ')[3]?.slice(1))),
      Array.from({ length: count }, (_, i) => i),
    )
  })
})

test('HOSTILE - a stranger who asks and never reads is gone too', async () => {
  const edge = { ...SMALL_QUEUE, registrationMs: 300 }
  await withMaru({ edge }, async (maru) => {
    const stranger = await maru.dial()
    stranger.socket.pause()
    stranger.send('CAP LS 302\r\n'.repeat(60))
    const canary = await maru.join('canary')
    await canary.settled()
    await new Promise((resolve) => setTimeout(resolve, 450))
    stranger.socket.resume()
    assert.equal((await stranger.closed()).at(-1), 'ERROR :Registration timeout')
  })
})

test('HOSTILE - who asks for much and reads nothing is closed by its own answers', async () => {
  await withMaru({ edge: SMALL_QUEUE }, async (maru) => {
    const [watcher, asker] = [await maru.join('watcher'), await maru.join('asker')]
    for (const peer of [watcher, asker]) peer.send('JOIN #room')
    await asker.settled()
    asker.socket.pause()
    const heard: string[] = []
    for (let i = 0; i < MOST_BATCHES && !heard.some((line) => line.includes(' QUIT ')); i++) {
      asker.send('VERSION\r\nLUSERS\r\nMOTD\r\nHELP\r\n'.repeat(25))
      heard.push(...(await watcher.settled()))
    }
    assert.equal(heard.at(-1), ':asker!~asker@127.0.0.1 QUIT :SendQ exceeded')
  })
})
