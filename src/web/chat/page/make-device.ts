import { deviceLabel } from '../state/device-label.ts'
import type { Device } from './identity.ts'
import type { WorkerLink } from './worker-link.ts'

/**
 * What logs this browser in from now on, in place of the password: it can be taken back alone, from any other
 * device. Undefined: the server made none, and the password will be asked for.
 */
export async function makeDevice(ask: WorkerLink['ask']): Promise<Device | undefined> {
  const label = deviceLabel(navigator.userAgent, randomPart())
  const outcome = await ask({ kind: 'makeAppPassword', label })
  if (outcome.kind !== 'done' || outcome.secret === undefined) return undefined
  return { label, secret: outcome.secret }
}

function randomPart(): string {
  const [whole = 0] = crypto.getRandomValues(new Uint16Array(1))
  return whole.toString(16).padStart(4, '0')
}
