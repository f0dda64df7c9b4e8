/**
 * Password hashes take 32 MiB and a fifth of a second each: so many at once, so many in line, and no
 * more, whatever a crowd asks for. Whose turn it is goes round among the keys, and when the line is full,
 * whoever has most in it makes room for whoever has least: an account that is guessed at can't keep
 * the others from logging in.
 */
export interface KdfQueue {
  /**
   * Runs `work` when it is its turn. `key`: the account that it is about. `busy`: it was not run and
   * will not be; to be answered with TEMPORARILY_UNAVAILABLE. Rejects as `work` does.
   */
  run<Result>(key: string, work: () => Promise<Result>): Promise<Done<Result> | 'busy'>
}

export interface Done<Result> {
  readonly result: Result
}

export interface KdfQueueLimits {
  readonly atOnce: number
  readonly inLine: number
}

/** libuv's pool has four threads, which files and names need too. Who is last in a full line waits 6 s, of 20 that a stranger has. */
const LIMITS: KdfQueueLimits = { atOnce: 2, inLine: 64 }

type Turn = (how: 'go' | 'busy') => void

export function createKdfQueue({ atOnce, inLine }: KdfQueueLimits = LIMITS): KdfQueue {
  /** By key; the key whose turn is next comes first. */
  const lines = new Map<string, Turn[]>()
  let running = 0
  let waiting = 0

  function mayWait(key: string): boolean {
    if (waiting < inLine) return true
    const [longestKey, longest] = longestLine(lines)
    if (longestKey === undefined || longest.length <= (lines.get(key)?.length ?? 0) + 1)
      return false
    const last = longest.pop()
    if (longest.length === 0) lines.delete(longestKey)
    waiting -= 1
    last?.('busy')
    return true
  }

  function passOn(): void {
    const [first] = lines
    if (first === undefined) {
      running -= 1
      return
    }
    const [key, line] = first
    const next = line.shift()
    // Taken out and put in again, so that the other keys come first.
    lines.delete(key)
    if (line.length > 0) lines.set(key, line)
    waiting -= 1
    next?.('go')
  }

  function turn(key: string): Promise<'go' | 'busy'> {
    if (running < atOnce) {
      running += 1
      return Promise.resolve('go')
    }
    if (!mayWait(key)) return Promise.resolve('busy')
    waiting += 1
    return new Promise((resolve) => {
      const line = lines.get(key)
      if (line === undefined) lines.set(key, [resolve])
      else line.push(resolve)
    })
  }

  return {
    async run(key, work) {
      if ((await turn(key)) === 'busy') return 'busy'
      try {
        return { result: await work() }
      } finally {
        // The place passes on without becoming free in between.
        passOn()
      }
    },
  }
}

function longestLine(lines: ReadonlyMap<string, Turn[]>): [string | undefined, Turn[]] {
  let longest: [string | undefined, Turn[]] = [undefined, []]
  for (const entry of lines) if (entry[1].length > longest[1].length) longest = entry
  return longest
}
