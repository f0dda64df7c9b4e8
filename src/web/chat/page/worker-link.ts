// The bundler makes it: see css.d.ts.
// oxlint-disable-next-line import/default
import networkWorkerUrl from './worker/network-worker.ts?worker&url'
import { systemClock } from '../../../base/clock.ts'
import { newClientMsgid } from '../../../client/client-msgid.ts'
import type { IntentBody, Outcome } from '../../../client/intent.ts'
import type { ClientSettings } from '../../../client/turn.ts'
import type { Saying } from '../state/saying.ts'
import type { FromWorker, ToWorker } from '../state/worker-messages.ts'
import { rememberedIdentity } from './identity.ts'
import { PAGE_ID } from './page-id.ts'
import { forgetSaid, rememberSaid, unheardOf } from './said-memory.ts'
import { trustedScript } from './trusted-script.ts'

/** The way to the network, which runs in a worker that all pages of this browser share where it can. */
export interface WorkerLink {
  readonly begin: (settings: ClientSettings) => void
  readonly end: () => void
  /** Asks for something, and doesn't wait. What is said outlives the page from now on. */
  readonly tell: (intent: IntentBody) => void
  /** Asks for something; resolves when it is known what became of it. */
  readonly ask: (intent: IntentBody) => Promise<Outcome>
}

interface Channel {
  readonly post: (message: ToWorker) => void
}

/** `onceShown`: an outcome is told when the page shows what came with it. */
export function openWorkerLink(
  onMessage: (message: FromWorker) => void,
  onceShown: (run: () => void) => void,
): WorkerLink {
  const waiting = new Map<string, (outcome: Outcome) => void>()
  let count = 0
  let isThere = false
  const channel = openChannel((message) => {
    if (message.kind === 'kept') return forgetSaid(message.receipt)
    onMessage(message)
    if (message.kind !== 'changes') return
    channel.post({ kind: 'heard' })
    if (!isThere) for (const saying of unheardOf(whoIsHere(), systemClock.now())) say(saying)
    isThere = true
    const outcomes = message.changes.filter((change) => change.kind === 'outcome')
    if (!outcomes.some(({ ref }) => waiting.has(ref))) return
    onceShown(() => {
      for (const { ref, outcome } of outcomes) {
        waiting.get(ref)?.(outcome)
        waiting.delete(ref)
      }
    })
  })
  const say = (saying: Saying): void => {
    const name = saying.again?.name ?? newClientMsgid(randomPart)
    const atMs = saying.again?.atMs ?? systemClock.now()
    rememberSaid(name, { who: whoIsHere(), atMs, saying })
    channel.post({ kind: 'intent', intent: { again: { name }, ...saying }, receipt: name })
  }
  listenToDevice(channel)
  channel.post({ kind: 'hello' })
  return {
    begin: (settings) => channel.post({ kind: 'begin', url: ircUrl(), settings }),
    end: () => channel.post({ kind: 'end' }),
    tell: (intent) =>
      intent.kind === 'say' ? say(intent) : channel.post({ kind: 'intent', intent }),
    ask(intent) {
      const ref = `${PAGE_ID}-${count++}`
      const { promise, resolve } = Promise.withResolvers<Outcome>()
      waiting.set(ref, resolve)
      channel.post({ kind: 'intent', intent: { ...intent, ref } })
      return promise
    },
  }
}

/** Whose words these are. */
function whoIsHere(): string {
  const { account, nick = '' } = rememberedIdentity() ?? {}
  return account === undefined ? `guest ${nick}` : `account ${account}`
}

/** Who was out of sight for so long may come from another network. */
const LONG_HIDDEN_MS = 10_000

function listenToDevice(channel: Channel): void {
  const wake = (): void => channel.post({ kind: 'intent', intent: { kind: 'wake' } })
  let hiddenAtMs = Number.POSITIVE_INFINITY
  addEventListener('pagehide', () => channel.post({ kind: 'bye' }))
  // Back from the browser's memory.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) channel.post({ kind: 'hello' })
  })
  addEventListener('online', wake)
  addEventListener('offline', wake)
  // Back from where a browser stops pages that nobody looks at: https://wicg.github.io/page-lifecycle/
  document.addEventListener('resume', wake)
  document.addEventListener('visibilitychange', () => {
    const nowMs = systemClock.monotonic()
    if (!document.hidden && nowMs - hiddenAtMs > LONG_HIDDEN_MS) wake()
    hiddenAtMs = document.hidden ? nowMs : Number.POSITIVE_INFINITY
  })
}

/** From 0 up to 1. */
function randomPart(): number {
  const [whole = 0] = crypto.getRandomValues(new Uint32Array(1))
  return whole / 2 ** 32
}

function openChannel(hear: (message: FromWorker) => void): Channel {
  const onMessage = ({ data }: MessageEvent<FromWorker>): void => hear(data)
  const url = trustedScript(networkWorkerUrl)
  if (typeof SharedWorker === 'function') {
    const { port } = new SharedWorker(url, { type: 'module', name: 'maru' })
    port.addEventListener('message', onMessage)
    port.start()
    return { post: (message) => port.postMessage(message) }
  }
  const worker = new Worker(url, { type: 'module' })
  worker.addEventListener('message', onMessage)
  return { post: (message) => worker.postMessage(message) }
}

function ircUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/irc`
}
