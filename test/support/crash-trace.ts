import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** What a trace of a server says of the order in which things were written. */
export interface OrderProof {
  /** Messages that were written to any socket. */
  readonly shown: number
  /** Syncs of the log that succeeded, and that failed. */
  readonly syncs: number
  readonly failedSyncs: number
  /** Messages that were written to a socket before a sync that covers them had succeeded. */
  readonly early: readonly string[]
}

export const STRACE = 'strace'

/**
 * Makes a server leave a trace for `proveOrder`; `faults` are what strace is to inject. `-D`: the server stays
 * the process that was started.
 */
export function traced(file: string, ...faults: readonly string[]): string[] {
  const injected = faults.flatMap((fault) => ['-e', `inject=${fault}`])
  const calls = 'pwrite64,pwritev,fdatasync,fsync,write,writev,sendto,sendmsg'
  const options = ['-D', '-f', '--seccomp-bpf', '-ttt', '-y', '-s', '1000000']
  return [STRACE, ...options, '-e', `trace=${calls}`, ...injected, '-o', file]
}

/**
 * A message is safe once a sync of the file that it was written to succeeds, if it began after that. One that
 * fails leaves nothing safe of what was written before it, and the next one says nothing about that either:
 * it must be written anew. https://wiki.postgresql.org/wiki/Fsync_Errors
 */
export async function proveOrder(
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<OrderProof> {
  const tracks: Tracks = {
    unsynced: new Map(),
    syncing: new Map(),
    safe: new Set(),
    shown: new Set(),
    early: [],
    syncs: 0,
    failedSyncs: 0,
  }
  for await (const line of lines) {
    const step = parseStep(line)
    if (step === undefined) continue
    if (step.call === 'fdatasync' || step.call === 'fsync') followSync(tracks, step)
    else if (step.target !== undefined) followWrite(tracks, step.target, line)
  }
  const { shown, early, syncs, failedSyncs } = tracks
  return { shown: shown.size, early, syncs, failedSyncs }
}

/** The lines of a trace that is complete. */
export function linesOfTrace(file: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(file) })
}

interface Tracks {
  /** By file: what was written to it since its last sync. */
  readonly unsynced: Map<string, Set<string>>
  /** By thread: what the sync that it waits for covers. */
  readonly syncing: Map<string, ReadonlySet<string>>
  readonly safe: Set<string>
  readonly shown: Set<string>
  readonly early: string[]
  syncs: number
  failedSyncs: number
}

function followSync(tracks: Tracks, { process, target, result }: Step): void {
  const { unsynced, syncing, safe } = tracks
  if (target !== undefined && isLog(target)) {
    syncing.set(process, unsynced.get(target) ?? new Set())
    unsynced.delete(target)
  }
  const covered = syncing.get(process)
  if (result === undefined || covered === undefined) return
  syncing.delete(process)
  if (result !== '0') {
    tracks.failedSyncs++
    return
  }
  tracks.syncs++
  for (const message of covered) safe.add(message)
}

function followWrite({ unsynced, safe, shown, early }: Tracks, target: string, line: string): void {
  if (isLog(target)) {
    const written = unsynced.get(target) ?? new Set()
    unsynced.set(target, written)
    for (const message of messagesIn(line)) written.add(message)
  } else if (target.startsWith('socket:')) {
    for (const message of messagesIn(line)) {
      if (!safe.has(message)) early.push(message)
      shown.add(message)
    }
  }
}

function isLog(target: string): boolean {
  return /\/history\.db(?:-wal)?$/.test(target)
}

/** The talkers' texts begin so; a row of the log and a line of the protocol both hold them as they are. */
function* messagesIn(line: string): Iterable<string> {
  for (const [, message = ''] of line.matchAll(/<([a-z]+\d+-\d+)>/g)) yield message
}

interface Step {
  readonly process: string
  readonly call: string
  /** Of the first argument; undefined at the end of a call whose beginning stands before. */
  readonly target: string | undefined
  /** Undefined at the beginning of a call whose end comes later. */
  readonly result: string | undefined
}

/** A line is a call, its beginning or its end; lines stand in the order in which those took place. */
function parseStep(line: string): Step | undefined {
  const begun = /^(\d+) +[\d.]+ (\w+)\(\d+<(.*?)>[,)\s]/.exec(line)
  const ended = /^(\d+) +[\d.]+ <\.\.\. (\w+) resumed>/.exec(line)
  const [, process = '', call = '', target] = begun ?? ended ?? []
  if (call === '') return undefined
  return { process, call, target, result: / = (-?\d+)[^"]*$/.exec(line.slice(-200))?.[1] }
}
