import type { Client, Ear } from './client.ts'
import { add, type Counters, BYTES, DELIVERIES, MESSAGES } from './counters.ts'
import { createHistogram, type Histogram, record } from '../base/histogram.ts'
import { numericAt, startsAt, textAt } from './line-head.ts'
import { messageText, readStamp, type Stamp } from './message-text.ts'

/** What a thread measured while its senders sent. Totals, not rates. */
export interface LoadResult {
  readonly tookMs: number
  readonly senders: number
  readonly messages: number
  readonly deliveries: number
  readonly bytes: number
  /** From sending to the observer. */
  readonly latency: Histogram
  /** From sending to the sender's own echo. */
  readonly echo: Histogram
  /** Messages that had not come back at the end. */
  readonly unanswered: number
}

export interface LoadOptions {
  /** The clients that are in a room, by room. */
  readonly rooms: ReadonlyMap<string, readonly Client[]>
  /** How many of a room's clients are to send; one at least is left to observe. */
  readonly sendersOf: (room: string) => number
  readonly window: number
  readonly textBytes: number
  readonly durationMs: number
  readonly counters: Counters
  /** A server's refusal of a message. */
  readonly refused: (reason: string) => void
}

/** Sends for `durationMs` as a closed loop, then stops listening. */
export async function loadWithMessages(options: LoadOptions): Promise<LoadResult> {
  const load = createLoad(options)
  const before = options.counters.slice()
  const start = performance.now()
  load.begin()
  await new Promise((resolve) => setTimeout(resolve, options.durationMs))
  load.end()
  const gained = (slot: number) => (options.counters[slot] ?? 0) - (before[slot] ?? 0)
  return {
    tookMs: performance.now() - start,
    senders: load.senders.length,
    messages: gained(MESSAGES),
    deliveries: gained(DELIVERIES),
    bytes: gained(BYTES),
    latency: load.latency,
    echo: load.echo,
    unanswered: load.senders.reduce((sum, sender) => sum + inFlight(sender), 0),
  }
}

interface Sender {
  readonly client: Client
  readonly echoes: boolean
  sent: number
  observed: number
  echoed: number
  /** Whether it's among those that send at the end of this turn. */
  due: boolean
}

/** With echo-message, a message is in flight until both its observer and its sender have seen it. */
function inFlight({ sent, observed, echoed, echoes }: Sender): number {
  return sent - (echoes ? Math.min(observed, echoed) : observed)
}

interface Load {
  readonly senders: readonly Sender[]
  readonly latency: Histogram
  readonly echo: Histogram
  begin(): void
  end(): void
}

function createLoad(options: LoadOptions): Load {
  const senders = new Map<number, Sender>()
  const observers: Client[] = []
  const latency = createHistogram()
  const echo = createHistogram()
  const sendSoon = createTurn((sender) => spend(sender, options))

  const observe: Ear = (line) => {
    if (!readMessage(line)) return
    const sender = senders.get(stamp.sender)
    if (sender === undefined) return
    record(latency, performance.now() - stamp.sentUs / 1000)
    add(options.counters, MESSAGES, 1)
    sender.observed++
    sendSoon(sender)
  }
  const earOf = (sender: Sender): Ear => {
    return (line) => {
      const refusal = refusalOf(line)
      if (refusal !== undefined) {
        options.refused(refusal)
        sender.sent--
      } else if (sender.echoes && readMessage(line) && stamp.sender === sender.client.index) {
        record(echo, performance.now() - stamp.sentUs / 1000)
        sender.echoed++
      } else return
      sendSoon(sender)
    }
  }
  for (const [room, members] of options.rooms) {
    const count = Math.min(options.sendersOf(room), members.length - 1)
    for (const client of members.slice(0, Math.max(0, count)))
      senders.set(client.index, newSender(client))
    const observer = members[count]
    if (count > 0 && observer !== undefined) observers.push(observer)
  }
  return {
    senders: [...senders.values()],
    latency,
    echo,
    begin: () => {
      for (const observer of observers) observer.ear = observe
      for (const sender of senders.values()) {
        sender.client.ear = earOf(sender)
        spend(sender, options)
      }
    },
    end: () => {
      for (const observer of observers) observer.ear = undefined
      for (const { client } of senders.values()) client.ear = ignore
    },
  }
}

/** Keeps a sender reading lines, so that the answers to its last messages are not taken for a load. */
const ignore: Ear = () => undefined

function newSender(client: Client): Sender {
  const echoes = client.capabilities.includes('echo-message')
  return { client, echoes, sent: 0, observed: 0, echoed: 0, due: false }
}

/** Calls `run` once per sender at the end of the turn of the loop, however often it was due in it. */
function createTurn(run: (sender: Sender) => void): (sender: Sender) => void {
  let due: Sender[] = []
  const finish = () => {
    const now = due
    due = []
    for (const sender of now) {
      sender.due = false
      run(sender)
    }
  }
  return (sender) => {
    if (sender.due) return
    sender.due = true
    if (due.push(sender) === 1) setImmediate(finish)
  }
}

function spend(sender: Sender, { window, textBytes }: LoadOptions): void {
  const { client } = sender
  if (client.state !== 'joined' || client.ear === ignore) return
  let batch = ''
  const sentUs = Math.round(performance.now() * 1000)
  const text = messageText({ sender: client.index, sentUs }, padding, textBytes)
  for (; inFlight(sender) < window; sender.sent++) batch += `PRIVMSG ${client.room} :${text}\r\n`
  if (batch !== '') client.send(batch)
}

const padding = 'x'.repeat(512)

/** What the last line said: one object for all, since millions of lines are read into it. */
const stamp: Stamp = { sender: 0, sentUs: 0 }

function readMessage({ bytes, command, end }: Parameters<Ear>[0]): boolean {
  if (!startsAt(bytes, command, 'PRIVMSG ')) return false
  return readStamp(bytes, { from: textAt(bytes, command, end), end }, stamp)
}

function refusalOf({ bytes, command, end }: Parameters<Ear>[0]): string | undefined {
  const numeric = numericAt(bytes, command, end)
  const failed = numeric >= 400 && numeric < 600
  if (!failed && !startsAt(bytes, command, 'FAIL PRIVMSG ')) return undefined
  const name = failed ? String(numeric) : bytes.toString('latin1', command, end).split(' ')[2]
  return `message refused: ${name} ${bytes.toString('latin1', textAt(bytes, command, end), end)}`
}
