/** One I/O thread: its own listening sockets on the shared port, its own connections, its own turns. */
import { parentPort, workerData, type Transferable } from 'node:worker_threads'
import { CompletionWriter } from './completion-writer.ts'
import { doorbell } from './doorbell.ts'
import { edgeFigures } from './edge-figures.ts'
import { Edge } from './edge.ts'
import { drainEdge } from './in-thread.ts'
import { linesOf } from './line-splitter.ts'
import { Listeners } from './listeners.ts'
import { Refusals } from './refusals.ts'
import { RingConsumer, RingProducer } from './ring.ts'
import { sharedNow } from './shared-clock.ts'
import { SubmissionReader } from './submission-reader.ts'
import { ThreadLoad } from './thread-load.ts'
import {
  failureOf,
  type Birth,
  type FromWorker,
  type Request,
  type RequestName,
  type Requests,
} from './thread-messages.ts'

const birth = workerData as Birth
const { limits, prices, queuesBudgetBytes } = birth
const inbound = new RingConsumer(birth.submissions)
const completions = new CompletionWriter(new RingProducer(birth.completions))
const bell = doorbell(birth.bell, wake)
let isTurnDue = false

const edge = new Edge(
  { limits, prices, queuesBudgetBytes, monotonicMs: sharedNow },
  {
    opened: (completion) => completions.put(completion),
    closed: (completion) => completions.put(completion),
    malformed: (connection, fault) => completions.put({ kind: 'malformed', connection, fault }),
    slowed: (connection, why) => completions.put({ kind: 'slowed', connection, why }),
    lines: (connection, block) => {
      completions.put({ kind: 'lines', connection, lines: linesOf(block) })
    },
    wake,
    isFull: () => completions.backlogBytes > 0,
  },
)
const reader = new SubmissionReader(inbound, edge)
const refusals = new Refusals((trouble) => say({ kind: 'trouble', trouble }), sharedNow)
const listeners = new Listeners({ edge, limits, reusePort: true, refusals })
const load = new ThreadLoad()

/** A turn is what the poll phase brought: obey the core, write once to each socket, report, sleep. */
function turn(): void {
  isTurnDue = false
  inbound.unpark()
  const wasFull = completions.backlogBytes > 0
  while (inbound.next()) reader.obey()
  const mustRing = inbound.release()
  edge.flush()
  if (completions.publish() || mustRing) bell.ring()
  if (wasFull && completions.backlogBytes === 0) {
    edge.resumeHeld()
    // What was held is handed over now, and has to be published.
    wake()
  }
  if (!inbound.park()) wake()
}

function wake(): void {
  if (isTurnDue) return
  isTurnDue = true
  setImmediate(turn)
}

type Answers = {
  readonly [Name in RequestName]: (
    spec: Requests[Name]['spec'],
  ) => Requests[Name]['answer'] | Promise<Requests[Name]['answer']>
}

const answers: Answers = {
  listen: (spec) => listeners.listen(spec),
  useTls: (material) => {
    listeners.useTls(material)
    return undefined
  },
  stopListening: () => {
    listeners.stop()
    return undefined
  },
  drained: async (deadlineMs) => {
    // What was asked for before this question may still be in the ring.
    turn()
    await drainEdge(edge, deadlineMs)
    return undefined
  },
  figures: () => edgeFigures(edge, refusals, load),
  connectionFigures: () => edge.connectionFigures(),
  dispose: () => {
    listeners.stop()
    edge.dispose()
    load[Symbol.dispose]()
    bell.close()
    // With the port closed and all sockets gone nothing keeps the thread.
    setImmediate(() => parentPort?.close())
    return undefined
  },
}

async function answer({ id, name, spec }: Request): Promise<void> {
  try {
    const ask = answers[name] as (spec: unknown) => unknown
    const given = await ask(spec)
    const isTable = given instanceof Float64Array && given.buffer instanceof ArrayBuffer
    say({ kind: 'answer', id, answer: given }, isTable ? [given.buffer] : [])
  } catch (error) {
    say({ kind: 'failure', id, failure: failureOf(error) })
  }
}

/** What is in `moved` is handed over rather than copied. */
function say(message: FromWorker, moved: readonly Transferable[] = []): void {
  parentPort?.postMessage(message, moved)
}

parentPort?.on('message', (request: Request) => void answer(request))
wake()
