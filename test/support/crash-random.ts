/**
 * mulberry32: a number from 0 to 1, the same series for the same seed. The seed is that of the environment,
 * or a new one, and is said in any case.
 */
export function crashRandom(what: string): () => number {
  const seed = Number(process.env['DURABILITY_SEED'] ?? Math.floor(Math.random() * 2 ** 32))
  console.log(`${what}: DURABILITY_SEED=${seed}`)
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
