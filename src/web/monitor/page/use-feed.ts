import { useCallback, useEffect, useRef, useState } from 'react'
import { systemClock } from '../../../base/clock.ts'
import type { FeedPosition, Snapshot } from '../../../feed/feed.ts'
import type { ViewQuery } from '../../../feed/view.ts'
import type { Api } from '../feed/api.ts'
import { FeedClient, type FeedSocket } from '../feed/feed-client.ts'
import { createMonitorStore, type MonitorStore } from './monitor-store.ts'

interface Feed {
  readonly store: MonitorStore
  readonly watch: (query: ViewQuery | undefined) => void
}

/** The feed for as long as the console is shown. */
export function useFeed(api: Api): Feed {
  const [store] = useState(createMonitorStore)
  const client = useRef<FeedClient>(undefined)
  const query = useRef<ViewQuery>(undefined)
  useEffect(() => {
    client.current = openFeed(api, store)
    client.current.watch(query.current)
    return () => client.current?.close()
  }, [api, store])
  const watch = useCallback((next: ViewQuery | undefined) => {
    query.current = next
    client.current?.watch(next)
  }, [])
  return { store, watch }
}

function openFeed(api: Api, store: MonitorStore): FeedClient {
  let position: FeedPosition | undefined
  return new FeedClient({
    open: openSocket,
    clock: systemClock,
    random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
    schedule(run, afterMs) {
      const timer = setTimeout(run, afterMs)
      return () => clearTimeout(timer)
    },
    position: () => position,
    onFrame(frame) {
      store.dispatch({ type: 'frame', frame, atMs: systemClock.now() })
      if (frame.type === 'snapshot') {
        position = { epoch: frame.snapshot.epoch, seq: frame.snapshot.seq }
      } else if (frame.type === 'entries' && position !== undefined) {
        position = { ...position, seq: frame.entries.at(-1)?.seq ?? position.seq }
        if (frame.entries.some(({ event }) => event.kind === 'reloaded')) void askFacts(api, store)
      }
    },
    onLink: (link) => store.dispatch({ type: 'link', link }),
    // A session that has ended shows itself here, as a 401 that the whole page hears of.
    mayReturn: async () => {
      const answer = await api.get('/session')
      return answer.ok || answer.status !== 401
    },
  })
}

/** A reload changes limits, doors and the log level, and the feed only says that it was. */
async function askFacts(api: Api, store: MonitorStore): Promise<void> {
  const answer = await api.get<Snapshot>('/status')
  if (answer.ok) store.dispatch({ type: 'facts', facts: answer.value.facts })
}

function openSocket(): FeedSocket {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(`${scheme}//${location.host}/api/v1/feed/socket`)
  const feed: FeedSocket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (text) => socket.send(text),
    close: () => socket.close(),
  }
  socket.addEventListener('open', () => feed.onopen?.())
  socket.addEventListener('message', (message) => feed.onmessage?.(message))
  socket.addEventListener('close', () => feed.onclose?.())
  return feed
}
