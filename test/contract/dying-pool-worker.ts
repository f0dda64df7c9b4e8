import { PooledEngine } from '../../src/io/pool.ts'
import { DEFAULT_LIMITS } from '../../src/protocol/limits.ts'

/** A program whose core says what it must never say: its I/O threads can't obey, and die of it. */
const engine = new PooledEngine({
  workers: 2,
  limits: DEFAULT_LIMITS.edge,
  prices: new Map(),
  trouble: () => {},
  onCompletions: () => {},
})
await engine.listen({ name: 'plain', kind: 'plain', host: '127.0.0.1', port: 0 })
engine.bar(['nonsense'])
