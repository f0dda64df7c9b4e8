import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode } from '../base/error-text.ts'

/** SHA-256 fingerprints of certificates by `host:port`. */
export type KnownServers = Readonly<Record<string, string>>

/** Nothing yet is no error; a damaged file is: what was agreed to must not be forgotten silently. */
export function readKnownServers(path: string): KnownServers {
  const text = textOf(path)
  if (text === undefined) return {}
  const parsed: unknown = JSON.parse(text)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new SyntaxError('not an object')
  }
  const entries = Object.entries(parsed).map(([host, value]) => [host, String(value)] as const)
  return Object.fromEntries(entries)
}

/** Written beside and put in place: a crash leaves the old one. */
export function addKnownServer(path: string, host: string, fingerprint: string): void {
  const all = { ...readKnownServers(path), [host]: fingerprint }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(`${path}.new`, `${JSON.stringify(all, undefined, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
