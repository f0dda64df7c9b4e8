import {
  useCallback,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactElement,
} from 'react'
import type { Model } from '../../../client/model.ts'
import { createChatStore, type ChatStore } from './chat-store.ts'
import { ChatPage } from './chat-page.tsx'
import {
  forgetIdentity,
  rememberedIdentity,
  rememberIdentity,
  settingsOf,
  type Identity,
} from './identity.ts'
import { Welcome, type Entry } from './welcome.tsx'
import { openWorkerLink, type WorkerLink } from './worker-link.ts'

/** The way in, and behind it the chat. */
export function App(): ReactElement {
  const { store, link, isAsked, begin, leave } = useNetwork()
  const model = useSyncExternalStore(store.subscribe, store.model)
  const [entry, setEntry] = useState<Entry>()
  const enter = useCallback(
    (next: Entry) => {
      setEntry(next)
      begin(next.identity)
    },
    [begin],
  )
  const giveUp = useCallback(() => {
    setEntry(undefined)
    leave()
  }, [leave])
  const arrive = useCallback((identity: Identity) => {
    rememberIdentity(identity)
    if (location.pathname !== '/') history.replaceState(null, '', '/')
    setEntry(undefined)
  }, [])
  if (!isAsked) return <div className="app-wait" />
  if (model === undefined || entry !== undefined || isShutOut(model)) {
    return (
      <Welcome
        entry={entry}
        model={model}
        link={link}
        onEnter={enter}
        onArrived={arrive}
        onGiveUp={giveUp}
      />
    )
  }
  return <ChatPage store={store} link={link} onLeave={giveUp} />
}

/** What is remembered of somebody isn't right any more: they are asked again. */
function isShutOut({ connection }: Model): boolean {
  return connection.state === 'asking'
}

interface Network {
  readonly store: ChatStore
  readonly link: WorkerLink
  /** The worker has said whether somebody is here. */
  readonly isAsked: boolean
  readonly begin: (identity: Identity) => void
  readonly leave: () => void
}

function useNetwork(): Network {
  const store = useMemo(createChatStore, [])
  const [isAsked, setAsked] = useState(false)
  const [link, setLink] = useState<WorkerLink>()
  useEffect(() => {
    const opened = openWorkerLink((message) => {
      if (message.kind === 'changes') {
        store.apply(message.changes)
        setAsked(true)
        return
      }
      store.clear()
      const identity = rememberedIdentity()
      if (identity === undefined) setAsked(true)
      else opened.begin(settingsOf(identity))
    })
    setLink(opened)
  }, [store])
  const begin = useCallback((identity: Identity) => link?.begin(settingsOf(identity)), [link])
  const leave = useCallback(() => {
    forgetIdentity()
    link?.end()
  }, [link])
  return {
    store,
    link: link ?? NO_LINK,
    isAsked: isAsked && link !== undefined,
    begin,
    leave,
  }
}

const NO_LINK: WorkerLink = {
  begin() {},
  end() {},
  tell() {},
  ask: () => Promise.resolve({ kind: 'unknown' }),
}
