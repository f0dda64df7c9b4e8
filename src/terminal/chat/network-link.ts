import { Worker } from 'node:worker_threads'
import { siblingModule } from '../../base/sibling-module.ts'
import type { Change } from '../../client/change.ts'
import type { Intent } from '../../client/intent.ts'
import type { FromNetwork, NetworkStart, ToNetwork } from './network.ts'

export interface NetworkListeners {
  /** No more of them come until `taken` was called. */
  readonly onChanges: (changes: readonly Change[]) => void
  readonly onOtherCertificate: (fingerprint: string) => void
  /** What waits to be sent can't be written to the disk. */
  readonly onNotKept: (reason: string) => void
  /** A bug ended the thread. */
  readonly onCrash: (error: Error) => void
}

/** The way to the thread of the network. The first change is a snapshot. */
export class NetworkLink {
  readonly #worker: Worker
  readonly #left = Promise.withResolvers<void>()
  readonly #ended: Promise<unknown>

  constructor(start: NetworkStart, listeners: NetworkListeners) {
    this.#worker = new Worker(new URL(siblingModule('chat-thread', import.meta.url)), {
      workerData: start,
    })
    this.#ended = new Promise((resolve) => this.#worker.once('exit', resolve))
    this.#worker.on('message', (message: FromNetwork) => {
      if (message.kind === 'left') return this.#left.resolve()
      if (message.kind === 'otherCertificate') {
        return listeners.onOtherCertificate(message.fingerprint)
      }
      if (message.kind === 'notKept') return listeners.onNotKept(message.reason)
      return listeners.onChanges(message.changes)
    })
    this.#worker.on('error', (error) => {
      this.#left.resolve()
      listeners.onCrash(error)
    })
  }

  intent(intent: Intent): void {
    this.#tell({ kind: 'intent', intent })
  }

  taken(): void {
    this.#tell({ kind: 'taken' })
  }

  /** Says goodbye to the server; resolves when the thread has ended. */
  async leave(reason: string | undefined): Promise<void> {
    this.#tell({ kind: 'leave', ...(reason === undefined ? {} : { reason }) })
    await this.#left.promise
    await this.#ended
  }

  #tell(message: ToNetwork): void {
    this.#worker.postMessage(message)
  }
}
