import { lookup } from 'node:dns/promises'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { setTimeout as sleep } from 'node:timers/promises'
import { siblingModule } from '../base/sibling-module.ts'
import { readArguments, USAGE } from './arguments.ts'
import { type Counters, createCounters, BYTES, JOINED, total } from './counters.ts'
import type { CrowdOptions } from './crowd.ts'
import type { Plan } from './plan.ts'
import { Progress, type ProgressOutput } from './progress.ts'
import { type Report, reportOf, tableOf, targetOf } from './report.ts'
import type { Answer, Request } from './thread.ts'
import { openWire } from './wire.ts'

export interface BenchIo {
  readonly stdout: { write(text: string): unknown }
  readonly stderr: ProgressOutput
}

/**
 * `maru bench`: load for any IRC server. The result goes to `stdout`, progress and complaints to
 * `stderr`. Resolves with the exit code: 0; 1 when nothing could join; 2 when the arguments are wrong.
 */
export async function runBench(args: readonly string[], io: BenchIo): Promise<number> {
  const asked = readArguments(args, availableParallelism())
  if (asked.kind === 'help') {
    io.stdout.write(USAGE)
    return 0
  }
  if (asked.kind === 'wrong') return complain(io, asked.problem, 2)
  const { plan } = asked
  const address = await addressOf(plan.host)
  if (address === undefined) return complain(io, `there is no host ${plan.host}`, 1)
  if (plan.sources === 'many' && !address.startsWith('127.')) {
    return complain(io, `--spread needs a server on 127.0.0.1, and ${plan.host} is ${address}`, 2)
  }
  const problem = await tryOnce(plan, address)
  if (problem !== undefined) {
    return complain(io, `can't connect to ${targetOf(plan)}: ${problem}`, 1)
  }
  const report = await measure(plan, address, io.stderr)
  io.stdout.write(asked.output === 'json' ? `${JSON.stringify(report)}\n` : tableOf(report))
  return report.joined > 0 ? 0 : complain(io, `nobody could join at ${targetOf(plan)}`, 1)
}

function complain(io: BenchIo, problem: string, exitCode: number): number {
  io.stderr.write(`maru bench: ${problem}\n`)
  return exitCode
}

async function addressOf(host: string): Promise<string | undefined> {
  try {
    return (await lookup(host)).address
  } catch {
    return undefined
  }
}

const TRY_MS = 10_000

/** A server that isn't there is one problem, not a thousand. Returns what is wrong. */
function tryOnce(plan: Plan, address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => {
      wire.cut()
      resolve(`no answer for ${TRY_MS / 1000} s`)
    }, TRY_MS)
    const wire = openWire(
      { ...plan, address, sourceAddress: undefined },
      {
        opened: () => {
          clearTimeout(deadline)
          wire.cut()
          resolve(undefined)
        },
        received: () => undefined,
        closed: (reason) => {
          clearTimeout(deadline)
          resolve(reason)
        },
      },
    )
  })
}

async function measure(plan: Plan, address: string, output: ProgressOutput): Promise<Report> {
  await using threads = startThreads(plan, address)
  using progress = new Progress(output, threads.counters, plan.clients)
  const startMs = performance.now()
  let answers = await threads.ask({ ask: 'join' })
  const joinMs = performance.now() - startMs
  const joined = total(threads.counters, JOINED)
  if (joined > 0) {
    progress.step = 'waiting for quiet'
    await quiet(threads.counters)
    progress.step = plan.storm === undefined ? 'sending' : 'storm'
    answers = await threads.ask(
      plan.storm === undefined ? { ask: 'load' } : { ask: 'storm', kind: plan.storm },
    )
  }
  return reportOf({ plan, joined, joinMs, answers })
}

const QUIET_MS = 500
const LONGEST_WAIT_MS = 10_000

/** Until nobody hears of the last joins any more. */
async function quiet(counters: readonly Counters[]): Promise<void> {
  const deadlineMs = performance.now() + LONGEST_WAIT_MS
  for (let before = -1; performance.now() < deadlineMs;) {
    const now = total(counters, BYTES)
    if (now === before) return
    before = now
    await sleep(QUIET_MS)
  }
}

interface Threads extends AsyncDisposable {
  readonly counters: readonly Counters[]
  /** Asks all threads at once; rejects if one of them fails. */
  ask(request: Request): Promise<readonly Answer[]>
}

function startThreads(plan: Plan, address: string): Threads {
  const counters = Array.from({ length: plan.threads }, () => createCounters())
  const workers = counters.map((own, thread) => {
    const workerData: CrowdOptions = { plan, address, thread, counters: own }
    return new Worker(new URL(siblingModule('thread', import.meta.url)), { workerData })
  })
  return {
    counters,
    ask: (request) => Promise.all(workers.map((worker) => answerOf(worker, request))),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

function answerOf(worker: Worker, request: Request): Promise<Answer> {
  return new Promise((resolve, reject) => {
    worker.once('message', (answer: Answer) => {
      worker.off('error', reject)
      resolve(answer)
    })
    worker.once('error', reject)
    worker.postMessage(request)
  })
}
