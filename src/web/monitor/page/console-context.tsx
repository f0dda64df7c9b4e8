import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react'
import { systemClock } from '../../../base/clock.ts'
import type { Identity } from '../../../monitor/access.ts'
import { isAtLeast, type Role } from '../../../feed/role.ts'
import type { ViewQuery } from '../../../feed/view.ts'
import type { Api } from '../feed/api.ts'
import type { MonitorState } from '../state/monitor-state.ts'
import type { Order } from './order.ts'
import type { MonitorStore } from './monitor-store.ts'

/** What every part of the console works with. */
export interface Console {
  readonly api: Api
  readonly store: MonitorStore
  readonly identity: Identity
  readonly watch: (query: ViewQuery | undefined) => void
  /** Asks once, with a dialog, and does it. */
  readonly ask: (order: Order) => void
  readonly notify: (text: string) => void
  readonly signOut: () => void
}

export const ConsoleContext = createContext<Console | undefined>(undefined)

export function useConsole(): Console {
  const console = use(ConsoleContext)
  if (console === undefined) throw new Error('outside of the console')
  return console
}

/** A part of what is known of the server; drawn again when that part has changed. */
export function useMonitor<Part>(select: (state: MonitorState) => Part): Part {
  const { store } = useConsole()
  return useSyncExternalStore(store.subscribe, () => select(store.state()))
}

/** Whether the operator has this role, or more. */
export function useMay(least: Role): boolean {
  return isAtLeast(useConsole().identity.role, least)
}

/** The time here, a second old at most. */
export function useNow(): number {
  const [now, setNow] = useState(() => systemClock.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(systemClock.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** The time by the server's clock; it stands still while the server is away. */
export function useServerNow(): number {
  const now = useNow()
  const ahead = useMonitor((state) => state.clockAheadMs)
  const link = useMonitor((state) => state.link)
  return (link.kind === 'away' ? link.sinceMs : now) + ahead
}
