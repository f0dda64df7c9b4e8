import { parentPort, workerData } from 'node:worker_threads'
import { verifySqlite } from './sqlite-verify.ts'

/** What doesn't succeed ends the thread with its error. */
parentPort?.postMessage(verifySqlite(String(workerData)))
