/** `maru bench`: hands the rest of the command line to the load generator. Resolves with the exit code. */
export function benchCommand(_args: readonly string[]): Promise<number> {
  console.error('maru: bench is not part of this version')
  return Promise.resolve(1)
}
