/**
 * A process whose files may not grow beyond a limit that its parent sets. At each line of its input it makes
 * as many commits of two events as the line says, and answers with a JSON array of `[seq, why]` of those that
 * were refused.
 */
import { createInterface } from 'node:readline'
import { openSqliteStore } from '../../src/history/sqlite-store.ts'
import { CommitRefused } from '../../src/history/store.ts'
import { eventAt, room, said } from './store-stage.ts'

const [file = ''] = process.argv.slice(2)
const store = openSqliteStore({ file, durability: 'strict', role: 'write' })
await store.commit([room(1)])
let seq = 0
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await makeCommits(Number(line))))
}

async function makeCommits(count: number): Promise<[seq: number, why: string][]> {
  const refused: [number, string][] = []
  const body = 'x'.repeat(2000)
  for (let commit = 0; commit < count; commit++) {
    seq++
    try {
      await store.commit(said(eventAt(seq, { body }), eventAt(seq + 1_000_000, { body })))
    } catch (error) {
      refused.push([seq, error instanceof CommitRefused ? error.why : String(error)])
    }
  }
  return refused
}
