/** Hashing a password takes 32 MiB and a tenth of a second: so many at once, so many in line, and no more. */
export interface BoundedWork {
  /** False: `run` may not be called now. */
  hasRoom(): boolean
  run<Result>(work: () => Promise<Result>): Promise<Result>
}

export function createBoundedWork(atOnce: number, inLine: number): BoundedWork {
  let running = 0
  const line: (() => void)[] = []
  return {
    hasRoom: () => running < atOnce || line.length < inLine,
    async run(work) {
      if (running < atOnce) running += 1
      else await new Promise<void>((resume) => line.push(resume))
      try {
        return await work()
      } finally {
        // The place passes on to the next in line without becoming free in between.
        const next = line.shift()
        if (next === undefined) running -= 1
        else next()
      }
    },
  }
}
