import { reasonOf, askServer } from './admin-client.ts'
import type { AdminServer, Answer } from './admin-client.ts'
import { agreeToServer } from './agree-to-server.ts'
import type { Door } from './agree-to-server.ts'
import { askLine } from './ask-line.ts'
import { NoEntry } from './no-entry.ts'
import { spanText } from './number-text.ts'
import { safeText } from './safe-text.ts'
import { seeServer } from './server-trust.ts'
import type { Say } from './words.ts'

/** `http://HOST:PORT` or `https://…`; a user, a path or a query has no place in it. */
export function serverUrl(text: string, say: Say): URL {
  const url = URL.parse(text)
  const isPlain =
    url !== null &&
    ['http:', 'https:'].includes(url.protocol) &&
    [url.username, url.password, url.search, url.hash].every((part) => part === '') &&
    url.pathname === '/'
  if (!isPlain) throw new NoEntry(say('badUrl', { url: safeText(text) }))
  return url
}

/** Makes sure that it is the server, asking a person where nobody else can tell. */
export async function knowServer(url: URL, door: Door): Promise<AdminServer> {
  if (url.protocol === 'http:') return { url, trust: {} }
  const seen = await seeServer(url)
  if (seen.kind === 'away') throw notThere(url, reasonOf(seen.error), door.say)
  if (seen.kind === 'trusted') return { url, trust: {} }
  await agreeToServer(url.host, seen.fingerprint, door)
  return { url, trust: seen.trust }
}

/** A secret that somebody has brought: is it good for something here? */
export async function checkSecret(server: AdminServer, secret: string, say: Say): Promise<void> {
  const answer = await askServer(server, { method: 'GET', path: '/session', secret })
  if (answer.kind !== 'done') throw noEntry(server.url, answer, say)
}

/** Asks for a name and a password. Undefined when that was broken off. */
export async function signIn(server: AdminServer, door: Door): Promise<string | undefined> {
  const { say } = door
  // Nobody should type a password into what does not even answer.
  const first = await askServer(server, { method: 'GET', path: '/first' })
  if (first.kind !== 'done') throw noEntry(server.url, first, say)
  const name = await askLine(door, say('askName'), 'shown')
  const password =
    name === undefined ? undefined : await askLine(door, say('askPassword'), 'hidden')
  if (name === undefined || password === undefined) return undefined
  const body = { name: name.trim(), password, as: 'bearer' }
  const answer = await askServer(server, { method: 'POST', path: '/session', body })
  if (answer.kind === 'done') return String((answer.body as { readonly secret: unknown }).secret)
  if (answer.kind === 'refused' && [400, 401].includes(answer.status)) {
    throw new NoEntry(say('wrongPassword'))
  }
  throw noEntry(server.url, answer, say)
}

/** A session that was made for this dashboard ends with it. */
export async function signOut(server: AdminServer, secret: string): Promise<void> {
  await askServer(server, { method: 'DELETE', path: '/session', secret })
}

function noEntry(url: URL, answer: Exclude<Answer, { kind: 'done' }>, say: Say): NoEntry {
  if (answer.kind === 'away') return notThere(url, answer.reason, say)
  const { status, text, retryAfterMs = 1000 } = answer
  if (status === 401) return new NoEntry(say('wrongSecret'))
  if (status === 429) return new NoEntry(say('tooMany', { time: spanText(retryAfterMs, say) }))
  return text.startsWith('HTTP ')
    ? new NoEntry(say('notMaru', { url: url.href }))
    : new NoEntry(safeText(text))
}

function notThere(url: URL, reason: string, say: Say): NoEntry {
  return new NoEntry(say('notThere', { url: url.href, reason: safeText(reason) }))
}
