import { readKept, writeKept } from '../kept-file.ts'

/** A host that is only spoken to over TLS, for so long. https://ircv3.net/specs/extensions/sts */
export interface TransportPolicy {
  /** Where it was spoken to when it said so. */
  readonly port: number
  /** As the host said last. */
  readonly durationSeconds: number
  /** Wall clock. */
  readonly untilMs: number
}

/** Undefined: the host may be spoken to without TLS. Throws a `SyntaxError` where the file is damaged. */
export function transportPolicy(
  path: string,
  host: string,
  nowMs: number,
): TransportPolicy | undefined {
  const policy = policiesIn(path).get(host.toLowerCase())
  return policy !== undefined && policy.untilMs > nowMs ? policy : undefined
}

/** From now on, for so long; for no time at all: it is over. */
export function keepTransportPolicy(
  path: string,
  { host, nowMs, ...said }: { host: string; nowMs: number; port: number; durationSeconds: number },
): void {
  const policies = policiesIn(path)
  for (const [name, { untilMs }] of policies) if (untilMs <= nowMs) policies.delete(name)
  if (said.durationSeconds === 0) policies.delete(host.toLowerCase())
  else policies.set(host.toLowerCase(), { ...said, untilMs: nowMs + said.durationSeconds * 1000 })
  writeKept(path, `${JSON.stringify(Object.fromEntries(policies), undefined, 2)}\n`)
}

/** A damaged file is an error: what a host has asked for must not be forgotten silently. */
function policiesIn(path: string): Map<string, TransportPolicy> {
  const parsed: unknown = JSON.parse(readKept(path) ?? '{}')
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new SyntaxError('not an object')
  }
  const entries = Object.entries(parsed) as [string, unknown][]
  return new Map(
    entries.map(([host, policy]) => {
      if (!isPolicy(policy)) throw new SyntaxError(`no policy of ${host}`)
      return [host, policy]
    }),
  )
}

function isPolicy(value: unknown): value is TransportPolicy {
  if (typeof value !== 'object' || value === null) return false
  const { port, durationSeconds, untilMs } = value as Partial<Record<string, unknown>>
  return [port, durationSeconds, untilMs].every((one) => Number.isFinite(one))
}
