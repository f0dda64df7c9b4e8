import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSqliteStore } from '../../src/history/sqlite-store.ts'
import { checkHistory, type Attempt, type Past, type Verdict } from './history-checker.ts'
import { readByChathistory, readByStore } from './history-checker-reader.ts'
import { Talker } from './history-checker-talker.ts'
import { startServer, type ServerOptions, type ServerProcess } from './server.ts'

export interface CrashPlan {
  readonly server: ServerOptions & { readonly folder: string }
  readonly kills: number
  readonly talkers: number
  readonly resends: 'never' | 'always'
  readonly random: () => number
  /** Of the file in the server's folder, if not said. */
  readonly opinion?: SecondOpinion
}

export interface CrashReport {
  readonly verdict: Verdict
  /** From the start of each process to its first `ready`. */
  readonly readyMs: readonly number[]
}

const ROOMS = ['#one', '#two', '#three']
/** So that only what a test is about stands in its way. */
const NO_LIMITS = 'preset = "off"'

/** A server whose clients may say as much as they can. */
export function startUnlimited(options: ServerOptions): Promise<ServerProcess> {
  return startServer({ ...options, config: `[limits]\n${NO_LIMITS}\n${options.config ?? ''}` })
}

/**
 * Kills the server again and again at moments that nobody foresees, while people come in, talk and come
 * back, and then holds what they know against what is kept.
 */
export async function crashAgainAndAgain(plan: CrashPlan): Promise<CrashReport> {
  const { kills, random, server: options } = plan
  const talkers = createTalkers(plan)
  const readyMs: number[] = []
  const start = async (): Promise<ServerProcess> => {
    const startMs = performance.now()
    const server = await startUnlimited(options)
    readyMs.push(performance.now() - startMs)
    return server
  }
  for (let kill = 0; kill < kills; kill++) {
    await using server = await start()
    const port = server.portOf('plain')
    const coming = comeAndTalk(talkers, port)
    // One in four is killed while people are still coming in.
    if (random() < 0.75) await Promise.race([coming, server.exited])
    await sleep(random() * 500)
    server.signal('SIGKILL')
    await server.exited
    await coming
    await Promise.all(talkers.map((talker) => talker.gone))
  }
  await using server = await start()
  const port = server.portOf('plain')
  await comeAndTalk(talkers, port)
  return { verdict: await verdictAfter(talkers, server, plan.opinion), readyMs }
}

export function createTalkers({
  talkers,
  resends,
  window = 4,
}: {
  readonly talkers: number
  readonly resends: 'never' | 'always'
  readonly window?: number
}): Talker[] {
  return Array.from(
    { length: talkers },
    (_, n) => new Talker({ nick: `talker${n + 1}`, rooms: ROOMS, window, resends }),
  )
}

/** All of them come in and begin; those who are cut off before don't. */
export async function comeAndTalk(talkers: readonly Talker[], port: number): Promise<void> {
  await Promise.all(
    talkers.map((talker) =>
      talker.join(port).then(
        () => talker.talk(),
        () => {},
      ),
    ),
  )
}

/** As the store has it, read by another than the server. */
export type SecondOpinion = (rooms: readonly string[]) => Promise<Past[]>

/** The file is read whole as well, and this rejects if it is damaged. */
export function opinionOfFile(file: string): SecondOpinion {
  return async (rooms) => {
    await using store = openSqliteStore({ file, durability: 'strict', role: 'read' })
    await store.upkeep.verify(file)
    return await readByStore(store, rooms)
  }
}

function verdictOn(talkers: readonly Talker[], pasts: readonly Past[]): Verdict {
  return checkHistory({
    attempts: talkers.flatMap(({ attempts }) => attempts),
    stays: talkers.flatMap(({ stays }) => stays),
    pasts,
  })
}

/** Runs `test` with a folder that is gone afterwards. */
export async function withFolder<Result>(
  test: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'maru-durability-'))
  try {
    return await test(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Lets them come to an end, and says whether all is as they know it. */
export async function verdictAfter(
  talkers: readonly Talker[],
  server: ServerProcess,
  opinion: SecondOpinion = opinionOfFile(join(server.folder, 'data/history.db')),
): Promise<Verdict> {
  await Promise.all(talkers.map((talker) => talker.rest()))
  const byClients = await readByChathistory(server.portOf('plain'), ROOMS)
  return verdictOn(talkers, [...byClients, ...(await opinion(ROOMS))])
}

/** Resolves when so many messages of all of them have been echoed in all. */
export async function untilAcknowledged(talkers: readonly Talker[], count: number): Promise<void> {
  await becomes(() => countOf(talkers, 'acknowledged') >= count, `${count} messages are echoed`)
}

export function countOf(talkers: readonly Talker[], fate: Attempt['fate']): number {
  const all = talkers.flatMap(({ attempts }) => attempts)
  return all.filter((attempt) => attempt.fate === fate).length
}

/** Nothing that is waited for takes so long: a machine may be busy. */
const PATIENCE_MS = 150_000

export async function becomes(isSo: () => boolean, what: string): Promise<void> {
  const deadlineMs = performance.now() + PATIENCE_MS
  while (!isSo()) {
    if (performance.now() > deadlineMs) throw new Error(`never became so: ${what}`)
    await sleep(20)
  }
}
