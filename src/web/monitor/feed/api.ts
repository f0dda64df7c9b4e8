/** What the API answered: what was asked for, or why not. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false
      /** 0: it could not be reached. */
      readonly status: number
      /** What the API calls it. */
      readonly code: string
      readonly text: string
      readonly retryAfterMs?: number
    }

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Api {
  get<Value>(path: string): Promise<Answer<Value>>
  send<Value = unknown>(method: Method, path: string, body?: object): Promise<Answer<Value>>
}

/** The API of the server that the page came from. `onSignedOut`: told when the server doesn't know the session any more. */
export function createApi(fetch: typeof globalThis.fetch, onSignedOut: () => void): Api {
  const ask = async <Value>(
    method: Method,
    path: string,
    body?: object,
  ): Promise<Answer<Value>> => {
    const answer = await asked<Value>(fetch, path, {
      method,
      credentials: 'same-origin',
      ...(method === 'GET' || (method === 'DELETE' && body === undefined)
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }),
    })
    if (!answer.ok && answer.code === 'unauthorized') onSignedOut()
    return answer
  }
  return { get: (path) => ask('GET', path), send: ask }
}

async function asked<Value>(
  fetch: typeof globalThis.fetch,
  path: string,
  init: RequestInit,
): Promise<Answer<Value>> {
  try {
    const response = await fetch(`/api/v1${path}`, init)
    const value: unknown = await response.json()
    if (response.ok) return { ok: true, value: value as Value }
    const { error } = value as {
      readonly error?: { readonly code?: string; readonly text?: string }
    }
    const retry = Number(response.headers.get('retry-after') ?? Number.NaN)
    return {
      ok: false,
      status: response.status,
      code: error?.code ?? '',
      text: error?.text ?? response.statusText,
      ...(Number.isFinite(retry) ? { retryAfterMs: retry * 1000 } : {}),
    }
  } catch {
    return { ok: false, status: 0, code: '', text: '' }
  }
}
