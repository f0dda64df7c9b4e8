/** Whether a listener has every address of the machine, and so none that a client could be told. */
export function isAllAddresses(host: string): boolean {
  return host === '::' || host === '0.0.0.0' || host === '*'
}
