import { useCallback, useState, useSyncExternalStore, type ReactElement } from 'react'
import type { Model } from '../../../client/model.ts'
import { ChatPage } from './chat-page.tsx'
import { rememberIdentity, type Identity } from './identity.ts'
import type { Network } from './network.ts'
import { useSettings } from './settings.tsx'
import { Welcome, type Entry } from './welcome.tsx'

/** The way in, and behind it the chat. */
export function App({ network }: { readonly network: Network }): ReactElement {
  const { store, link, begin, leave, isComingBack } = network
  const model = useSyncExternalStore(store.subscribe, store.model)
  const isKnown = useSyncExternalStore(store.subscribe, store.isKnown)
  const [entry, setEntry] = useState<Entry>()
  const enter = useCallback(
    (next: Entry) => {
      setEntry(next)
      begin(next.identity, next.password)
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
  if (!isKnown || (model !== undefined && isComingBack(model))) return <Wait />
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

function Wait(): ReactElement {
  const { t } = useSettings()
  return (
    <main className="app-wait">
      <h1 className="visually-hidden">Maru</h1>
      <p role="status">
        <span className="spinner" aria-hidden="true" />
        <span className="visually-hidden">{t('entering')}</span>
      </p>
    </main>
  )
}

/** What is remembered of somebody isn't right any more: they are asked again. */
function isShutOut({ connection }: Model): boolean {
  return connection.state === 'asking'
}
