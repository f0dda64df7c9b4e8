import { readKept, writeKept } from './kept-file.ts'

/** SHA-256 fingerprints of certificates by `host:port`. */
export type KnownServers = Readonly<Record<string, string>>

/** Nothing yet is no error; a damaged file is: what was agreed to must not be forgotten silently. */
export function readKnownServers(path: string): KnownServers {
  const text = readKept(path)
  if (text === undefined) return {}
  const parsed: unknown = JSON.parse(text)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new SyntaxError('not an object')
  }
  const entries = Object.entries(parsed).map(([host, value]) => [host, String(value)] as const)
  return Object.fromEntries(entries)
}

export function addKnownServer(path: string, host: string, fingerprint: string): void {
  const all = { ...readKnownServers(path), [host]: fingerprint }
  writeKept(path, `${JSON.stringify(all, undefined, 2)}\n`)
}
