import { MessageChannel, Worker } from 'node:worker_threads'
import { siblingModule } from '../base/sibling-module.ts'
import { doorbell, type Doorbell } from './doorbell.ts'
import type { RingShares, Trouble } from './engine.ts'
import { createRing, RingConsumer, RingProducer } from './ring.ts'
import { SubmissionWriter } from './submission-writer.ts'
import {
  errorOf,
  type Birth,
  type FromWorker,
  type Request,
  type RequestName,
  type Requests,
} from './thread-messages.ts'

export interface WorkerOptions extends Pick<Birth, 'limits' | 'prices' | 'queuesBudgetBytes'> {
  readonly onRing: () => void
  readonly trouble: (trouble: Trouble) => void
}

const RING_BYTES = 1024 * 1024
/** Three times a semi-space of 4 MiB: see decisions/004-young-generation.md. */
const YOUNG_GENERATION_MIB = 12

interface Pending {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

/** The core's end of one worker: its rings, its bell, and the questions that are still open. */
export class WorkerLink {
  readonly submissions: SubmissionWriter
  readonly completions: RingConsumer
  readonly bell: Doorbell
  readonly #worker: Worker
  readonly #pending = new Map<number, Pending>()
  readonly #trouble: WorkerOptions['trouble']
  #requests = 0
  #isEnding = false
  /** Something has been cast to it in this turn. */
  hasCast = false

  constructor({ limits, prices, queuesBudgetBytes, onRing, trouble }: WorkerOptions) {
    const submissions = createRing(RING_BYTES)
    const completions = createRing(RING_BYTES)
    const { port1, port2 } = new MessageChannel()
    this.submissions = new SubmissionWriter(new RingProducer(submissions))
    this.completions = new RingConsumer(completions)
    this.bell = doorbell(port1, onRing)
    this.#trouble = trouble
    const birth: Birth = {
      limits,
      prices,
      queuesBudgetBytes,
      submissions,
      completions,
      bell: port2,
    }
    this.#worker = new Worker(new URL(siblingModule('pool-worker', import.meta.url)), {
      name: 'maru-io',
      workerData: birth,
      transferList: [port2],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB },
    })
    this.#worker.on('message', (message: FromWorker) => this.#hear(message))
    // Its clients are lost with it: the process goes too, and says why.
    this.#worker.on('error', (error) => die(error))
    this.#worker.on('exit', (code) => {
      if (!this.#isEnding) die(new Error(`an I/O thread ended by itself, with ${code}`))
    })
  }

  get ringShares(): RingShares {
    return {
      completions: this.completions.usedShare,
      submissions: this.submissions.ringShare,
    }
  }

  ask<Name extends RequestName>(
    name: Name,
    spec: Requests[Name]['spec'],
  ): Promise<Requests[Name]['answer']> {
    const id = ++this.#requests
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.#pending.set(id, { resolve, reject })
    const request: Request = { id, name, spec }
    this.#worker.postMessage(request)
    return promise as Promise<Requests[Name]['answer']>
  }

  async dispose(): Promise<void> {
    if (this.#isEnding) return
    this.#isEnding = true
    await this.ask('dispose', undefined)
    this.bell.close()
    await this.#worker.terminate()
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'trouble') return this.#trouble(message.trouble)
    const pending = this.#pending.get(message.id)
    this.#pending.delete(message.id)
    if (message.kind === 'answer') pending?.resolve(message.answer)
    else pending?.reject(errorOf(message.failure))
  }
}

function die(error: unknown): void {
  setImmediate(() => {
    throw error
  })
}
