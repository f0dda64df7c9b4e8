/** The thread of the network: it waits for the server, so that the interface never does. */
import { randomInt, webcrypto } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../../base/clock.ts'
import { errorReason } from '../../base/error-text.ts'
import { createClient } from '../../client/create-client.ts'
import { ChangeOutlet } from './change-outlet.ts'
import type { FromNetwork, NetworkStart, ToNetwork } from './network.ts'
import { NetworkHost } from './network-host.ts'
import { StoreFile } from './store-file.ts'
import { WireLog } from './wire-log.ts'

const RANDOM_STEPS = 2 ** 32

if (parentPort === null) throw new Error('this is a thread of maru chat')
const port = parentPort
const { address, settings, storeFile, logFile, ...files } = workerData as NetworkStart

const client = createClient({
  settings,
  clock: systemClock,
  random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS,
})
const outlet = new ChangeOutlet({
  send: (changes) => tell({ kind: 'changes', changes }),
  snapshot: () => client.snapshot(),
})
/** What was kept from the last time is in the first snapshot. */
let hasBegun = false
const host = new NetworkHost({
  client,
  address,
  ...files,
  clock: systemClock,
  store: new StoreFile(storeFile, notKept),
  log: logFile === undefined ? undefined : new WireLog(logFile, systemClock, notKept),
  subtle: webcrypto.subtle,
  onChanges: (changes) => {
    if (hasBegun) outlet.put(changes)
  },
  onNotKept: notKept,
  onOtherCertificate: (fingerprint) => tell({ kind: 'otherCertificate', fingerprint }),
})
hasBegun = true
outlet.put([client.snapshot()])

port.on('message', (message: ToNetwork) => {
  if (message.kind === 'intent') host.intent(message.intent)
  else if (message.kind === 'taken') outlet.taken()
  else void leave(message.reason)
})

async function leave(reason: string | undefined): Promise<void> {
  await host.leave(reason)
  tell({ kind: 'left' })
  port.close()
}

function notKept(error: unknown): void {
  tell({ kind: 'notKept', reason: errorReason(error) })
}

function tell(message: FromNetwork): void {
  port.postMessage(message)
}
