import { systemClock } from '../../../../base/clock.ts'
import { createClient } from '../../../../client/create-client.ts'
import { scramProof } from '../../../../client/scram-proof.ts'
import type { FromWorker, ToWorker } from '../../state/worker-messages.ts'
import { openKept } from './kept.ts'
import { NetworkHost } from './network-host.ts'

/** The ends of the channels to pages, of a shared worker and of one that belongs to one page alike. */
interface Port {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null
  postMessage: (message: FromWorker) => void
}

// Pages that aren't secure have none, whatever the types say.
const { subtle } = crypto as { readonly subtle: SubtleCrypto | undefined }
const host = new NetworkHost({
  createClient,
  prove: (question) => scramProof(subtle, question),
  openSocket: (url) => new WebSocket(url, ['text.ircv3.net']),
  kept: openKept(),
  clock: systemClock,
  random: randomPart,
})

function serve(port: Port): void {
  const page = { hear: (message: FromWorker) => port.postMessage(message) }
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- it starts the port as well
  port.onmessage = ({ data }) => host.heard(page, data)
}

if ('onconnect' in globalThis) {
  addEventListener('connect', (event) => {
    const [port] = (event as MessageEvent).ports
    if (port !== undefined) serve(port)
  })
} else {
  serve(globalThis as unknown as Port)
}

/** From 0 up to 1. */
function randomPart(): number {
  const [whole = 0] = crypto.getRandomValues(new Uint32Array(1))
  return whole / 2 ** 32
}
