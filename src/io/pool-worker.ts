/** One I/O thread: its own listening sockets on the shared port, its own connections, its own turns. */
import { parentPort, workerData } from 'node:worker_threads'
import { CompletionWriter } from './completion-writer.ts'
import { doorbell } from './doorbell.ts'
import { Edge } from './edge.ts'
import { drainEdge, edgeFigures } from './in-thread.ts'
import { linesOf } from './line-splitter.ts'
import { Listeners } from './listeners.ts'
import { RingConsumer, RingProducer } from './ring.ts'
import { SubmissionReader } from './submission-reader.ts'
import {
  failureOf,
  type Birth,
  type FromWorker,
  type Request,
  type RequestName,
  type Requests,
} from './thread-messages.ts'

const birth = workerData as Birth
const { limits, costs, queuesBudgetBytes } = birth
const inbound = new RingConsumer(birth.submissions)
const completions = new CompletionWriter(new RingProducer(birth.completions))
const bell = doorbell(birth.bell, wake)
let isTurnDue = false

const edge = new Edge(
  { limits, costs, queuesBudgetBytes, monotonicMs: () => performance.now() },
  {
    opened: (completion) => completions.put(completion),
    closed: (completion) => completions.put(completion),
    malformed: (connection, fault) => completions.put({ kind: 'malformed', connection, fault }),
    lines: (connection, block) => {
      completions.put({ kind: 'lines', connection, lines: linesOf(block) })
    },
    wake,
    isFull: () => completions.backlogBytes > 0,
  },
)
const reader = new SubmissionReader(inbound, edge)
const trouble = (listener: string, what: string): void => say({ kind: 'trouble', listener, what })
const listeners = new Listeners({ edge, limits, reusePort: true, trouble })

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
  figures: () => edgeFigures(edge),
  dispose: () => {
    listeners.stop()
    edge.dispose()
    bell.close()
    // With the port closed and all sockets gone nothing keeps the thread.
    setImmediate(() => parentPort?.close())
    return undefined
  },
}

async function answer({ id, name, spec }: Request): Promise<void> {
  try {
    const ask = answers[name] as (spec: unknown) => unknown
    say({ kind: 'answer', id, answer: await ask(spec) })
  } catch (error) {
    say({ kind: 'failure', id, failure: failureOf(error) })
  }
}

function say(message: FromWorker): void {
  parentPort?.postMessage(message)
}

parentPort?.on('message', (request: Request) => void answer(request))
wake()
