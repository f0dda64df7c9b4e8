import { createHistogram, percentileMs } from '../base/histogram.ts'
import { addSparse, type SparseHistogram } from '../base/sparse-histogram.ts'
import type { Figures, Quantiles, ThreadLoad, Totals } from '../feed/figures.ts'
import type { LogSample, Sample, SocketSample, ThreadSample } from './thread-sample.ts'

/** What has happened between two samples. Without an earlier one, nothing has. */
export function figuresOf(now: Sample, before: Sample = now): Figures {
  const seconds = Math.max(now.monotonicMs - before.monotonicMs, 1) / 1000
  const totals = totalsOf(now)
  const fanOut = quantilesOf(now.threads.flatMap(({ sockets }) => sockets?.fanOut ?? []))
  return {
    atMs: now.atMs,
    totals,
    perSecond: rates(totals, totalsOf(before), seconds),
    queuedBytes: sum(now, 'queuedBytes'),
    heldConnections: sum(now, 'heldConnections'),
    residentBytes: now.residentBytes,
    cpu: share(now.cpuMs - before.cpuMs, seconds),
    threads: now.threads.map((thread) => loadOf(thread, before, seconds)),
    ...(fanOut === undefined ? {} : { fanOutMs: fanOut }),
    ...(now.log === undefined ? {} : logFigures(now.log, before.log, seconds)),
  }
}

function logFigures(
  log: LogSample,
  before: LogSample = log,
  seconds: number,
): Pick<Figures, 'commitMs' | 'log' | 'storeBytes' | 'storedEvents' | 'indexLag'> {
  const { waiting, owed, refusal, refusals, latency } = log
  const { storeBytes, storedEvents, indexLag } = log
  const commits = log.commits - before.commits
  const records = log.records - before.records
  const commitMs = latency === undefined ? undefined : quantilesOf([latency])
  return {
    log: {
      commitsPerSecond: rate(commits, seconds),
      recordsPerSecond: rate(records, seconds),
      batchSize: commits === 0 ? 0 : rate(records, commits),
      waiting,
      owed,
      refusedCommits: refusals,
      ...(refusal === undefined ? {} : { refusal }),
    },
    ...(commitMs === undefined ? {} : { commitMs }),
    ...(storeBytes === undefined ? {} : { storeBytes }),
    ...(storedEvents === undefined ? {} : { storedEvents }),
    ...(indexLag === undefined ? {} : { indexLag }),
  }
}

function totalsOf(sample: Sample): Totals {
  return {
    accepted: sum(sample, 'accepted'),
    refused: sum(sample, 'refused'),
    closed: sample.closed,
    registered: sample.registered,
    messages: sample.messages,
    deliveries: sum(sample, 'deliveries'),
    linesIn: sum(sample, 'linesIn'),
    bytesIn: sum(sample, 'bytesIn'),
    bytesOut: sum(sample, 'bytesOut'),
    slowed: sum(sample, 'slowed'),
    failedLogins: sample.failedLogins,
  }
}

function rates(now: Totals, before: Totals, seconds: number): Totals {
  const names = Object.keys(now) as (keyof Totals)[]
  return Object.fromEntries(
    names.map((name) => [name, rate(now[name] - before[name], seconds)]),
  ) as unknown as Totals
}

function rate(count: number, seconds: number): number {
  return Math.round((count / seconds) * 10) / 10
}

function loadOf(thread: ThreadSample, before: Sample, seconds: number): ThreadLoad {
  const { name, cpuMs, heapBytes, loopDelayMs, rings, sockets } = thread
  const earlier = before.threads.find((other) => other.name === name)
  const cpuBeforeMs = earlier?.cpuMs
  return {
    name,
    heapBytes,
    ...(cpuMs === undefined || cpuBeforeMs === undefined
      ? {}
      : { cpu: share(cpuMs - cpuBeforeMs, seconds) }),
    ...(loopDelayMs === undefined ? {} : { loopDelayMs }),
    ...(rings === undefined ? {} : { rings }),
    ...(sockets === undefined ? {} : socketLoad(sockets, earlier?.sockets, seconds)),
  }
}

function socketLoad(
  { connections, queuedBytes, deliveries }: SocketSample,
  before: SocketSample | undefined,
  seconds: number,
): Pick<ThreadLoad, 'connections' | 'queuedBytes' | 'deliveriesPerSecond'> {
  const fresh = deliveries - (before?.deliveries ?? deliveries)
  return { connections, queuedBytes, deliveriesPerSecond: Math.round(fresh / seconds) }
}

function quantilesOf(histograms: readonly SparseHistogram[]): Quantiles | undefined {
  if (histograms.length === 0) return undefined
  const all = createHistogram()
  for (const histogram of histograms) addSparse(all, histogram)
  const p50 = percentileMs(all, 0.5)
  const p99 = percentileMs(all, 0.99)
  return p50 === undefined || p99 === undefined ? undefined : { p50, p99, max: all.maxMs }
}

function sum(sample: Sample, name: Exclude<keyof SocketSample, 'fanOut'>): number {
  return sample.threads.reduce((total, { sockets }) => total + (sockets?.[name] ?? 0), 0)
}

function share(cpuMs: number, seconds: number): number {
  return Math.round((cpuMs / 1000 / seconds) * 1000) / 1000
}
