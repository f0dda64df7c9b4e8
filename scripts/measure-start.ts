/**
 * `node scripts/measure-start.ts [MESSAGES]`: how soon a server with a long past is ready, after its process was
 * killed while people talked. The last figures stand in bench/README.md.
 */
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSqliteStore } from '../src/history/sqlite-store.ts'
import type { LogRecord } from '../src/state/record.ts'
import { comeAndTalk, createTalkers, startUnlimited, withFolder } from '../test/support/crash.ts'
import { createCorpus } from '../test/support/search-corpus.ts'

const ROOMS = 100
const COMMIT_EVENTS = 1000
const ROUNDS = 7
const messages = Number(process.argv[2] ?? 1_000_000)

await withFolder(async (folder) => {
  mkdirSync(join(folder, 'data'))
  const file = join(folder, 'data/history.db')
  await fill(file)
  console.log(`${messages} messages, ${Math.round(statSync(file).size / 1024 / 1024)} MiB`)
  await startAgainAndAgain(folder)
})

async function fill(file: string): Promise<void> {
  await using store = openSqliteStore({ file, durability: 'relaxed', role: 'write' })
  const buffers = Array.from({ length: ROOMS }, (_, n): LogRecord => {
    const name = `#past${n + 1}`
    const buffer = { id: n + 1, of: 'room', name, people: [], createdAtMs: 1 } as const
    return { kind: 'buffer', buffer }
  })
  await store.commit(buffers)
  const corpus = createCorpus({ seed: 1, rooms: ROOMS, people: 500 })
  for (let done = 0; done < messages; done += COMMIT_EVENTS) {
    const length = Math.min(COMMIT_EVENTS, messages - done)
    await store.commit(Array.from({ length }, () => ({ kind: 'event', event: corpus.next() })))
  }
}

async function startAgainAndAgain(folder: string): Promise<void> {
  const talkers = createTalkers({ talkers: 8, resends: 'always' })
  for (let round = 0; round < ROUNDS; round++) {
    const startMs = performance.now()
    await using server = await startUnlimited({ folder })
    const readyMs = performance.now() - startMs
    const anna = await server.connect('plain')
    await anna.register('anna')
    const registeredMs = performance.now() - startMs
    console.log(
      `ready after ${Math.round(readyMs)} ms, welcome after ${Math.round(registeredMs)} ms`,
    )
    await comeAndTalk(talkers, server.portOf('plain'))
    await sleep(2000)
    server.signal('SIGKILL')
    await server.exited
    await Promise.all(talkers.map((talker) => talker.gone))
  }
}
