import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Access, SignIn } from '../../src/monitor/access.ts'
import { openMonitorStore } from '../../src/monitor/monitor-store.ts'
import { openAccess } from '../../src/monitor/open-access.ts'
import type { AccessOptions } from '../../src/monitor/open-access.ts'

export const HOME = '192.0.2.1'
export const PASSWORD = 'correct horse'

interface Process {
  readonly access: Access & Disposable
  /** What `verifyPassword` was asked. */
  readonly verified: (readonly [password: string, hash: string | undefined])[]
}

export interface AccessBench extends Process {
  readonly folder: string
  /** Lets time pass, and whatever is repeated run once. */
  readonly wait: (ms: number) => void
  readonly isWatching: () => boolean
  /** Another process that has the same file open. */
  readonly another: (options?: Partial<AccessOptions>) => Process
}

export function accessBench(
  context: TestContext,
  options: Partial<AccessOptions> = {},
): AccessBench {
  const folder = mkdtempSync(join(tmpdir(), 'maru-access-'))
  let nowMs = 0
  let drawn = 0
  const waiting = new Set<() => void>()
  const another = (own: Partial<AccessOptions> = {}): Process => {
    const store = openMonitorStore(folder)
    const verified: (readonly [string, string | undefined])[] = []
    const access = openAccess({
      store,
      clock: { now: () => 1_900_000_000_000 + nowMs, monotonic: () => nowMs },
      randomBytes: (size) => new Uint8Array(size).fill(++drawn),
      hashPassword: (password) => Promise.resolve(`#${password}`),
      verifyPassword: (password, hash) => {
        verified.push([password, hash])
        return Promise.resolve(hash === `#${password}`)
      },
      repeat: (_everyMs, run) => {
        waiting.add(run)
        return { [Symbol.dispose]: () => waiting.delete(run) }
      },
      ...own,
    })
    context.after(() => {
      access[Symbol.dispose]()
      store[Symbol.dispose]()
    })
    return { access, verified }
  }
  const made = another(options)
  context.after(() => rmSync(folder, { recursive: true }))
  return {
    ...made,
    folder,
    another,
    wait(ms) {
      nowMs += ms
      for (const run of waiting) run()
    },
    isWatching: () => waiting.size > 0,
  }
}

export async function withAnna(
  context: TestContext,
  options?: Partial<AccessOptions>,
): Promise<AccessBench> {
  const made = accessBench(context, options)
  assert.deepEqual(await made.access.addOperator('Anna', PASSWORD, 'admin'), { done: true })
  return made
}

export async function enter(access: Access, name = 'anna', from = HOME): Promise<string> {
  return secretOf(await access.signIn(name, PASSWORD, from))
}

export function secretOf(signIn: SignIn): string {
  assert.ok(signIn.kind === 'signedIn')
  return signIn.secret
}
