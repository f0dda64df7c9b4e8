import { useCallback, useMemo, useState, type ReactElement } from 'react'
import type { Identity } from '../../../monitor/access.ts'
import type { Api } from '../feed/api.ts'
import type { TextKey } from '../state/texts.ts'
import { AccessView } from './access-view.tsx'
import { BansView } from './bans-view.tsx'
import { ConnectionsView } from './connections-view.tsx'
import { ConsoleContext, useMonitor } from './console-context.tsx'
import { LinkBanner } from './link-banner.tsx'
import { LogView } from './log-view.tsx'
import { Nav } from './nav.tsx'
import type { Order } from './order.ts'
import { OrderDialog } from './order-dialog.tsx'
import { OverviewView } from './overview-view.tsx'
import { RoomsView } from './rooms-view.tsx'
import { useSettings } from './settings.tsx'
import { ThreadsView } from './threads-view.tsx'
import { Toasts, useToasts } from './toasts.tsx'
import { TopBar } from './top-bar.tsx'
import { useFeed } from './use-feed.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useView } from './use-view.ts'
import type { ViewName } from './view-names.ts'

interface ConsoleProps {
  readonly api: Api
  readonly identity: Identity
  readonly onOut: (why: TextKey) => void
}

const SHOWN: Readonly<Record<ViewName, () => ReactElement>> = {
  overview: OverviewView,
  connections: ConnectionsView,
  rooms: RoomsView,
  log: LogView,
  bans: BansView,
  threads: ThreadsView,
  access: AccessView,
}

/** All that somebody sees who is signed in. */
export function ConsolePage({ api, identity, onOut }: ConsoleProps): ReactElement {
  const { store, watch } = useFeed(api)
  const [order, setOrder] = useState<Order>()
  const { toasts, notify } = useToasts()
  const signOut = useCallback(() => {
    void api.send('DELETE', '/session').then(() => onOut('signedOut'))
  }, [api, onOut])
  const console = useMemo(
    () => ({ api, store, identity, watch, ask: setOrder, notify, signOut }),
    [api, store, identity, watch, notify, signOut],
  )
  return (
    <ConsoleContext value={console}>
      <Frame />
      {order !== undefined && <OrderDialog order={order} onClose={() => setOrder(undefined)} />}
      <Toasts toasts={toasts} />
    </ConsoleContext>
  )
}

function Frame(): ReactElement {
  const { t } = useSettings()
  const view = useView()
  const isStale = useMonitor(({ link }) => link.kind === 'away')
  useShortcuts()
  const Shown = SHOWN[view]
  return (
    <div className={isStale ? 'console is-stale' : 'console'}>
      <a
        className="skip"
        href={`#/${view}`}
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
      >
        {t('skip')}
      </a>
      <Nav view={view} />
      <TopBar view={view} />
      <main className="main" id="main" tabIndex={-1}>
        <LinkBanner />
        <Shown key={view} />
      </main>
    </div>
  )
}
