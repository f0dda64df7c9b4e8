import type { IncomingMessage } from 'node:http'

/**
 * Who may open a WebSocket from a web page: `['*']` everybody, a list exactly those, an empty list only
 * pages of the host that is asked. Without an Origin header it is no page that asks, and it may.
 * https://www.rfc-editor.org/rfc/rfc6455#section-10.2
 */
export function originCheck(origins: readonly string[]): (request: IncomingMessage) => boolean {
  if (origins.includes('*')) return () => true
  const allowed = new Set(origins.map(canonicalOrigin))
  return ({ headers: { origin, host } }) => {
    if (origin === undefined) return true
    if (allowed.size > 0) return allowed.has(canonicalOrigin(origin))
    return isOwnHost(origin, host)
  }
}

function isOwnHost(origin: string, host: string | undefined): boolean {
  const page = URL.parse(origin)
  // In the scheme of the page, so that its default port is left out on both sides.
  const own = page === null ? null : URL.parse(`${page.protocol}//${host ?? ''}`)
  return own !== null && own.host !== '' && own.host === page?.host
}

/** URL knows no origin for the schemes of apps and browser extensions: they are taken as they are. */
function canonicalOrigin(text: string): string {
  const origin = URL.parse(text)?.origin ?? 'null'
  return origin === 'null' ? text.toLowerCase() : origin
}
