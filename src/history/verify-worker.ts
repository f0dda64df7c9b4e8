import { parentPort, workerData } from 'node:worker_threads'
import { copySqlite } from './sqlite-copy.ts'
import { verifySqlite } from './sqlite-verify.ts'

/** What takes long, in a thread of its own. What doesn't succeed ends the thread with its error. */
export interface VerifyWork {
  readonly file: string
  /** `file` is first made as a copy of it. */
  readonly copyOf?: string
}

const { file, copyOf } = workerData as VerifyWork
if (copyOf !== undefined) copySqlite(copyOf, file)
parentPort?.postMessage(verifySqlite(file))
