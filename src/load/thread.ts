import { parentPort, workerData } from 'node:worker_threads'
import { Crowd, type CrowdOptions, type Reasons, type StormResult } from './crowd.ts'
import type { LoadResult } from './message-load.ts'
import type { Storm } from './plan.ts'

/** What the main thread asks of a thread; it answers each with one `Answer`. */
export type Request = { readonly ask: 'join' | 'load' } | { readonly ask: 'storm'; kind: Storm }

export interface Answer {
  readonly load?: LoadResult
  readonly storm?: StormResult
  readonly capabilities: readonly string[]
  /** Since the beginning. */
  readonly reasons: Reasons
}

const crowd = new Crowd(workerData as CrowdOptions)

parentPort?.on('message', (request: Request) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply))
})

async function answer(request: Request): Promise<Answer> {
  const facts = () => ({ capabilities: crowd.capabilities, reasons: crowd.reasons })
  switch (request.ask) {
    case 'join':
      await crowd.join()
      return facts()
    case 'load': {
      const load = await crowd.load()
      return { load, ...facts() }
    }
    case 'storm': {
      const storm = await crowd.storm(request.kind)
      return { storm, ...facts() }
    }
  }
}
