// The bundler makes it: see css.d.ts.
// oxlint-disable-next-line import/default
import networkWorkerUrl from './worker/network-worker.ts?worker&url'
import type { IntentBody, Outcome } from '../../../client/intent.ts'
import type { ClientSettings } from '../../../client/turn.ts'
import type { FromWorker, ToWorker } from '../state/worker-messages.ts'
import { trustedScript } from './trusted-script.ts'

/** The way to the network, which runs in a worker that all pages of this browser share where it can. */
export interface WorkerLink {
  readonly begin: (settings: ClientSettings) => void
  readonly end: () => void
  /** Asks for something, and doesn't wait. */
  readonly tell: (intent: IntentBody) => void
  /** Asks for something; resolves when it is known what became of it. */
  readonly ask: (intent: IntentBody) => Promise<Outcome>
}

interface Channel {
  readonly post: (message: ToWorker) => void
}

export function openWorkerLink(onMessage: (message: FromWorker) => void): WorkerLink {
  const waiting = new Map<string, (outcome: Outcome) => void>()
  const prefix = crypto.getRandomValues(new Uint32Array(2)).join('-')
  let count = 0
  const channel = openChannel((message) => {
    onMessage(message)
    if (message.kind !== 'changes') return
    for (const change of message.changes) {
      if (change.kind !== 'outcome') continue
      waiting.get(change.ref)?.(change.outcome)
      waiting.delete(change.ref)
    }
  })
  addEventListener('pagehide', () => channel.post({ kind: 'bye' }))
  // Back from the browser's memory.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) channel.post({ kind: 'hello' })
  })
  addEventListener('online', () => channel.post({ kind: 'intent', intent: { kind: 'retryNow' } }))
  channel.post({ kind: 'hello' })
  return {
    begin: (settings) => channel.post({ kind: 'begin', url: ircUrl(), settings }),
    end: () => channel.post({ kind: 'end' }),
    tell: (intent) => channel.post({ kind: 'intent', intent }),
    ask(intent) {
      const ref = `${prefix}-${count++}`
      const { promise, resolve } = Promise.withResolvers<Outcome>()
      waiting.set(ref, resolve)
      channel.post({ kind: 'intent', intent: { ...intent, ref } })
      return promise
    },
  }
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
