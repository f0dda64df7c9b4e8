import { readFileSync } from 'node:fs'

/** File handles that connections leave to the rest: listening sockets, the log, the data folder, the threads. */
const RESERVED_HANDLES = 64

/**
 * How many connections this process has file handles for; `undefined` where the system doesn't say (only
 * Linux does). Beyond it the system would accept and drop connections without a word: we tell them why.
 */
export function mostConnections(): number | undefined {
  const most = openFilesLimit()
  return most === undefined ? undefined : Math.max(1, most - RESERVED_HANDLES)
}

function openFilesLimit(): number | undefined {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8')
    const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1]
    return soft === undefined ? undefined : Number(soft)
  } catch {
    return undefined
  }
}
