import assert from 'node:assert/strict'
import { setTimeout as later } from 'node:timers/promises'
import { test } from 'node:test'
import { type Peer, withMaru } from '../support/hostile.ts'

test('HOSTILE - who sends a hundred lines at once is slowed, and gets every answer in order', async () => {
  const edge = { lineBurst: 10, linesPerSecond: 50, byteBurst: 8192 }
  await withMaru({ edge }, async (maru) => {
    const flooder = await maru.join('flooder')
    const other = await maru.join('other')
    const tokens = Array.from({ length: 100 }, (_, i) => `${i}`)
    flooder.send(tokens.map((token) => `PING ${token}`).join('\r\n'))
    await flooder.until(/ PONG .* 0$/)
    assert.deepEqual(await other.settled(), [])
    assert.ok(flooder.unread.length < 99, 'not all were answered at once')
    const answers = await flooder.until(/ PONG .* 99$/)
    assert.deepEqual(
      answers.map((line) => line.split(' ').at(-1)),
      tokens.slice(1),
    )
  })
})

test('HOSTILE - bytes are counted as well as lines', async () => {
  const edge = { lineBurst: 1000, byteBurst: 8192, bytesPerSecond: 40_000 }
  await withMaru({ edge }, async (maru) => {
    const flooder = await maru.join('flooder')
    const other = await maru.join('other')
    const tokens = Array.from({ length: 100 }, (_, i) => `${i}-${'x'.repeat(400)}`)
    flooder.send(tokens.map((token) => `PING ${token}`).join('\r\n'))
    await flooder.until(/ PONG .* 0-/)
    await other.settled()
    assert.ok(flooder.unread.length < 99, 'not all were answered at once')
    const answers = await flooder.until(/ PONG .* 99-/)
    assert.deepEqual(
      answers.map((line) => line.split(' ').at(-1)),
      tokens.slice(1),
    )
  })
})

test('HOSTILE - a flood that waits makes no work', async () => {
  const edge = { lineBurst: 5, linesPerSecond: 0.01 }
  await withMaru({ edge }, async (maru) => {
    const flooder = await maru.join('flooder')
    flooder.send('PING x\r\n'.repeat(10_000))
    await flooder.until(/ PONG /)
    const before = performance.eventLoopUtilization()
    await later(300)
    const { utilization } = performance.eventLoopUtilization(before)
    // Spinning would be 1, whatever the speed of the machine.
    assert.ok(utilization < 0.5, `${utilization}`)
  })
})

test('HOSTILE - a silent client is asked, then dropped; one whose PONG waits behind its flood is not', async () => {
  const edge = { lineBurst: 4, linesPerSecond: 1 }
  await withMaru({ edge, chat: { pingAfterMs: 400, dropAfterMs: 1400 } }, async (maru) => {
    const flooder = await maru.join('flooder')
    const answering = await maru.join('answering')
    const silent = await maru.join('silent')
    for (const peer of [silent, answering]) peer.send('JOIN #room')
    flooder.send('JOIN #room' + '\r\nLUSERS'.repeat(200))
    answering.socket.on('data', (chunk: Buffer) => {
      if (chunk.includes('PING irc.test')) answering.send('PONG irc.test')
    })
    const last = await silent.closed()
    assert.ok(last.includes('PING irc.test'), last.join('\n'))
    assert.match(last.at(-1) ?? '', /^ERROR :Ping timeout: \d+ seconds$/)
    await flooder.until(/:silent!\S+ QUIT :Ping timeout: \d+ seconds$/)
    assert.equal(answering.isClosed, false)
    assert.equal(flooder.isClosed, false)
  })
})

test('HOSTILE - who closes right after the last words is heard, and answered', async () => {
  await withMaru({}, async (maru) => {
    const watcher = await maru.join('watcher')
    watcher.send('JOIN #room')
    await watcher.settled()
    const bob = await maru.join('bob')
    bob.socket.end('JOIN #room\r\nPRIVMSG #room :last words\r\nPING x\r\n')
    assert.match((await bob.closed()).at(-1) ?? '', / PONG irc\.test x$/)
    const heard = await watcher.until(/ QUIT /)
    assert.deepEqual(
      heard.map((line) => line.split(' ').slice(1).join(' ')),
      ['JOIN #room', 'PRIVMSG #room :last words', 'QUIT :Connection closed'],
    )
  })
})

const ROUNDS = 40

test('HOSTILE - a storm of joins and parts leaves the others their answers, and nothing behind', async () => {
  await withMaru({}, async (maru) => {
    const canary = await maru.join('canary')
    canary.send('JOIN #0,#1,#2,#3')
    await canary.settled()
    const stormers = await Promise.all(
      ['a1', 'b2', 'c3', 'd4', 'e5'].map((nick) => maru.join(nick)),
    )
    for (const peer of stormers) {
      for (let i = 0; i < ROUNDS; i++) peer.send('JOIN #0,#1,#2,#3\r\nPART #0,#1\r\nJOIN 0')
    }
    const heard = await storm(canary, stormers)
    for (const command of ['JOIN', 'PART']) {
      const times = heard.filter((line) => line.split(' ')[1] === command).length
      assert.equal(times, stormers.length * ROUNDS * 4, command)
    }
    canary.send('NAMES #0\r\nNAMES #3')
    const names = (await canary.settled()).filter((line) => line.split(' ')[1] === '353')
    assert.deepEqual(
      names.map((line) => line.split(' ').at(-1)?.replace(/^\W/, '')),
      ['canary', 'canary'],
    )
  })
})

test('HOSTILE - a storm of nicks is heard as one unbroken chain for each', async () => {
  await withMaru({}, async (maru) => {
    const canary = await maru.join('canary')
    canary.send('JOIN #room')
    await canary.settled()
    const stormers = await Promise.all(
      ['a1', 'b2', 'c3', 'd4', 'e5'].map((nick) => maru.join(nick)),
    )
    for (const peer of stormers) {
      peer.send('JOIN #room')
      // Each wants what the others have as well: most of it is refused.
      for (let i = 0; i < ROUNDS; i++) peer.send(`NICK n${i % 7}\r\nNICK N${(i * 3) % 7}`)
    }
    const heard = await storm(canary, stormers)
    const nicks = new Set<string>()
    for (const line of heard) {
      const [source = '', command, target = ''] = line.split(' ')
      const nick = source.slice(1).split('!')[0] ?? ''
      if (command === 'JOIN') nicks.add(nick)
      if (command !== 'NICK') continue
      assert.ok(nicks.delete(nick), line)
      const wanted = target.replace(/^:/, '').toLowerCase()
      assert.ok(![...nicks].some((other) => other.toLowerCase() === wanted), line)
      nicks.add(target.replace(/^:/, ''))
    }
    assert.equal(nicks.size, stormers.length)
    canary.send('NAMES #room')
    const names = (await canary.settled()).find((line) => line.split(' ')[1] === '353') ?? ''
    const listed = names.split(/ = #room :?/)[1]?.split(' ') ?? []
    assert.deepEqual(
      listed.map((nick) => nick.replace(/^\W/, '')).sort(),
      ['canary', ...nicks].sort(),
    )
  })
})

/** While it lasts, every PING of the canary is answered; returns what it heard besides. */
async function storm(canary: Peer, stormers: readonly Peer[]): Promise<string[]> {
  let isOver = false
  const over = Promise.all(stormers.map((peer) => peer.settled())).then(() => (isOver = true))
  const heard: string[] = []
  while (!isOver) heard.push(...(await canary.settled()))
  await over
  heard.push(...(await canary.settled()))
  return heard
}
