/**
 * Lets the page start when the server can't be reached: it says then that it is offline. The page and what
 * has no hash in its name come from the server whenever it answers.
 */
interface ServiceWorkerScope {
  readonly location: Location
  readonly clients: {
    readonly matchAll: (options: { type: 'window' }) => Promise<readonly WindowTab[]>
    readonly openWindow: (url: string) => Promise<unknown>
    readonly claim: () => Promise<void>
  }
  readonly skipWaiting: () => Promise<void>
  readonly addEventListener: <Kind extends keyof ScopeEvents>(
    kind: Kind,
    listener: (event: ScopeEvents[Kind]) => void,
  ) => void
}

interface WindowTab {
  readonly url: string
  readonly focus: () => Promise<unknown>
  readonly postMessage: (message: unknown) => void
}

interface ScopeEvents {
  readonly install: LastingEvent
  readonly activate: LastingEvent
  readonly fetch: LastingEvent & {
    readonly request: Request
    readonly respondWith: (answer: Promise<Response>) => void
  }
  readonly notificationclick: LastingEvent & {
    readonly notification: { readonly data: unknown; readonly close: () => void }
  }
}

interface LastingEvent {
  readonly waitUntil: (work: Promise<unknown>) => void
}

const scope = globalThis as unknown as ServiceWorkerScope
/** Put in when the page is built: those whose names change with what is in them. */
const ASSETS = '__FILES__'.split(' ')
const OTHERS = ['/', '/icon.svg', '/icon-192.png', '/icon-512.png', '/manifest.webmanifest']
const CACHE = 'maru-chat'

scope.addEventListener('install', (event) => {
  event.waitUntil(fill().then(() => scope.skipWaiting()))
})

scope.addEventListener('activate', (event) => {
  event.waitUntil(tidy().then(() => scope.clients.claim()))
})

scope.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== scope.location.origin) return
  const isPage = request.mode === 'navigate'
  const path = isPage ? '/' : url.pathname
  if (isPage || OTHERS.includes(path)) event.respondWith(newest(request, path))
  else if (ASSETS.includes(path)) event.respondWith(known(request, path))
})

scope.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const { data } = event.notification
  if (typeof data === 'string' && data.startsWith('#')) event.waitUntil(show(data))
})

async function fill(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll([...OTHERS, ...ASSETS])
}

async function tidy(): Promise<void> {
  const cache = await caches.open(CACHE)
  const wanted = new Set([...OTHERS, ...ASSETS])
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url)
    if (!wanted.has(pathname)) await cache.delete(url)
  }
}

async function newest(request: Request, path: string): Promise<Response> {
  try {
    const answer = await fetch(request)
    if (answer.ok) await (await caches.open(CACHE)).put(path, answer.clone())
    return answer
  } catch (error) {
    const kept = await caches.match(path)
    if (kept === undefined) throw error
    return kept
  }
}

async function known(request: Request, path: string): Promise<Response> {
  return (await caches.match(path)) ?? fetch(request)
}

async function show(hash: string): Promise<void> {
  const [tab] = await scope.clients.matchAll({ type: 'window' })
  if (tab === undefined) {
    await scope.clients.openWindow(`/${hash}`)
    return
  }
  tab.postMessage({ kind: 'show', hash })
  await tab.focus()
}
