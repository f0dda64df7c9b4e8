import { runBench } from '../load/bench.ts'

/** `maru bench`: the load generator reads its own arguments. Resolves with the exit code. */
export async function benchCommand(args: readonly string[]): Promise<number> {
  return runBench(args, process)
}
