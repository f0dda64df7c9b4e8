import type { Bound } from '../io/engine.ts'
import { isAllAddresses } from './all-addresses.ts'

/** The one line with which a client comes in from this machine: the plain port if there is one, else TLS. */
export function connectHint(listening: readonly Bound[]): string | undefined {
  const plain = listening.find(({ name }) => name === 'plain')
  if (plain !== undefined) return `irssi -c ${reachable(plain.host)} -p ${plain.port}`
  const tls = listening.find(({ name }) => name === 'tls')
  // Its own certificate is signed by nobody, so that a client has to be told to take it.
  return tls === undefined ? undefined : `irssi -c ${reachable(tls.host)} -p ${tls.port} --tls`
}

function reachable(host: string): string {
  return isAllAddresses(host) ? 'localhost' : host
}
