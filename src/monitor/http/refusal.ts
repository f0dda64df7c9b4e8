/** What the API says no with; `text` is for people, `code` for programs. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 421 | 426 | 429 | 500 | 503
  readonly code: string
  readonly text: string
  /** The part of the body or the query that is wrong. */
  readonly field?: string
  readonly retryAfterMs?: number
  /** For a wrong method: those that there are. */
  readonly allow?: string
}

export function refusal(status: Refusal['status'], code: string, text: string): Refusal {
  return { status, code, text }
}

/** The body of the answer. */
export function refusalBody({ code, text, field }: Refusal): object {
  return { error: { code, text, ...(field === undefined ? {} : { field }) } }
}

export function refusalHeaders({ status, retryAfterMs, allow }: Refusal): Record<string, string> {
  return {
    ...(status === 401 ? { 'www-authenticate': 'Bearer realm="maru"' } : {}),
    ...(allow === undefined ? {} : { allow }),
    ...(retryAfterMs === undefined
      ? {}
      : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) }),
  }
}
