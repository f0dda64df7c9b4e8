import assert from 'node:assert/strict'
import { closeSync, copyFileSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '../support/client.ts'
import {
  becomes,
  comeAndTalk,
  countOf,
  createTalkers,
  opinionOfFile,
  startUnlimited,
  untilAcknowledged,
  verdictAfter,
  withFolder,
} from '../support/crash.ts'
import type { ServerProcess } from '../support/server.ts'

const DISK_BYTES = 6 * 1024 * 1024

/**
 * The data folder is a small disk that only the server sees, and that goes with it. Who isn't root is so in
 * a name space of their own.
 */
const ON_SMALL_DISK = [
  'unshare',
  ...(process.getuid?.() === 0 ? [] : ['--map-root-user']),
  '--mount',
  'sh',
  '-c',
  `mount -t tmpfs -o size=${DISK_BYTES} tmpfs data && exec "$@"`,
  'sh',
]

test('DURABILITY - when the disk is full, who speaks is told and nobody else hears it; once there is room, all goes on by itself', () =>
  withFolder(async (folder) => {
    mkdirSync(join(folder, 'data'))
    await using server = await startUnlimited({ folder, through: ON_SMALL_DISK })
    const [anna, ben, plain] = await threeInRoom(server)
    const disk = diskOf(server)
    disk.fill()
    await becomesRefused(anna)
    // What ben heard until then was kept; from here on he hears nothing that is said.
    await ben.settled()

    anna.send('@label=a PRIVMSG #room :lost in the room', '@label=b PRIVMSG ben :lost for ben')
    const answers = await anna.settled()
    for (const [label, target] of [
      ['a', '#room'],
      ['b', 'ben'],
    ]) {
      const reply = answers.find((line) => line.includes(`label=${label}`)) ?? ''
      assert.match(reply, new RegExp(`FAIL PRIVMSG TEMPORARILY_UNAVAILABLE ${target} :Not sent`))
    }
    plain.send('PRIVMSG #room :lost in the room', 'PRIVMSG ben :lost for ben', 'NOTICE ben :lost')
    const [toRoom, toBen, ...others] = await plain.settled()
    assert.match(toRoom ?? '', / 404 plain #room :.*Not sent/)
    assert.match(toBen ?? '', / 531 plain ben :.*Not sent/)
    // "automatic replies must never be sent in response to a NOTICE"
    assert.deepEqual(others, [])

    anna.send('TOPIC #room :told while the disk was full')
    const heard = [...(await ben.until(/ TOPIC /)), ...(await ben.settled())]
    assert.deepEqual(
      heard.filter((line) => line.includes('lost')),
      [],
    )

    disk.empty()
    const startMs = performance.now()
    await server.until('history is kept again')
    console.log(JSON.stringify({ recoveredMs: Math.round(performance.now() - startMs) }))
    anna.send('PRIVMSG #room :heard again')
    await ben.until(/ PRIVMSG #room :heard again$/)
    anna.send('CHATHISTORY LATEST #room * 100')
    const past = await anna.until(/ BATCH -/)
    assert.ok(past.some((line) => line.endsWith(' TOPIC #room :told while the disk was full')))
    assert.ok(past.some((line) => line.endsWith(' PRIVMSG #room :heard again')))
    assert.deepEqual(
      past.filter((line) => line.includes('lost')),
      [],
    )
  }))

test('DURABILITY - a disk that fills up under eight talkers takes nothing of what they were told is kept', () =>
  withFolder(async (folder) => {
    mkdirSync(join(folder, 'data'))
    await using server = await startUnlimited({ folder, through: ON_SMALL_DISK })
    const talkers = createTalkers({ talkers: 8, resends: 'never' })
    await comeAndTalk(talkers, server.portOf('plain'))
    await untilAcknowledged(talkers, 200)
    const disk = diskOf(server)
    for (let time = 0; time < 3; time++) {
      const [kept, refused] = [countOf(talkers, 'acknowledged'), countOf(talkers, 'refused')]
      disk.fill()
      await becomes(() => countOf(talkers, 'refused') > refused + 8, 'the disk is full')
      disk.empty()
      await untilAcknowledged(talkers, kept + 200)
    }
    const verdict = await verdictAfter(talkers, server, async (rooms) =>
      opinionOfFile(await disk.copyTo(folder))(rooms),
    )
    console.log(JSON.stringify(verdict))
    assert.deepEqual(verdict.faults.slice(0, 5), [])
  }))

/** Two that know all there is to know, and one that knows nothing but IRC. */
async function threeInRoom(server: ServerProcess): Promise<[Client, Client, Client]> {
  const [anna, ben, plain] = [
    await server.connect('plain'),
    await server.connect('plain'),
    await server.connect('plain'),
  ]
  for (const client of [anna, ben]) {
    client.send(
      'CAP REQ :batch draft/chathistory draft/event-playback labeled-response message-tags standard-replies',
      'CAP END',
    )
  }
  await anna.register('anna')
  await ben.register('ben')
  await plain.register('plain')
  for (const client of [anna, ben, plain]) {
    client.send('JOIN #room')
    await client.until(/ 366 /)
  }
  for (const client of [anna, ben]) await client.settled()
  return [anna, ben, plain]
}

/** Says something again and again until it is refused: what there is of room in the files is used up first. */
async function becomesRefused(client: Client): Promise<void> {
  for (let n = 0; n < 5000; n++) {
    client.send(`PRIVMSG #room :${'x'.repeat(300)}`)
    const answer = await client.settled()
    if (answer.some((line) => line.includes('TEMPORARILY_UNAVAILABLE'))) return
  }
  throw new Error('a full disk takes everything')
}

const BLOCK = Buffer.alloc(4096)

function diskOf({ processId, folder }: ServerProcess) {
  const path = `/proc/${processId}/root${folder}/data`
  const filler = join(path, 'filler')
  return {
    /** To the last byte, whoever else writes at the same time. */
    fill() {
      const file = openSync(filler, 'w')
      try {
        for (let bytes = 0; bytes <= DISK_BYTES;) bytes += writeSync(file, BLOCK)
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC')
      } finally {
        closeSync(file)
      }
    },
    empty: () => rmSync(filler),
    /** The log as it is when nothing is written any more; where it lies, only the server can open it. */
    async copyTo(place: string): Promise<string> {
      await sleep(1000)
      for (const name of ['history.db', 'history.db-wal']) {
        copyFileSync(join(path, name), join(place, name))
      }
      return join(place, 'history.db')
    },
  }
}
