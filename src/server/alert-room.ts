import { Alerts, type AlertChange } from '../monitor/alerts.ts'
import type { AlertFacts } from '../monitor/alert-rules.ts'
import { foldCase } from '../protocol/casemap.ts'
import { applyEvent } from './apply-event.ts'
import type { Core } from './core.ts'
import type { AlertSettings } from './settings.ts'

export interface AlertRoomOptions {
  readonly core: Core
  /** As they are now: a reload may change them. */
  readonly settings: () => AlertSettings
  readonly facts: () => Omit<AlertFacts, 'nowMs'>
  /** Hears of every change at once, whether the room does or not. */
  readonly onAlert: (change: AlertChange) => void
}

export interface AlertRoom {
  /** Once a second. */
  tick(): void
}

/** The room hears of the same alert no more often than this. */
const QUIET_MS = 60_000

interface Said {
  readonly raised: boolean
  readonly atMs: number
}

/**
 * Looks after the server, and says in a room what is wrong and when that is over. What the room could not
 * hear (it was too soon, or nobody was there) it hears later, if it is still so then.
 */
export function createAlertRoom({ core, settings, facts, onAlert }: AlertRoomOptions): AlertRoom {
  const alerts = new Alerts()
  const latest = new Map<string, AlertChange>()
  const said = new Map<string, Said>()
  const isNews = ({ name, raised }: AlertChange, nowMs: number): boolean => {
    const last = said.get(name) ?? { raised: false, atMs: -Infinity }
    return last.raised !== raised && nowMs - last.atMs >= QUIET_MS
  }
  return {
    tick() {
      const { clock } = core
      const atMs = clock.monotonic()
      for (const change of alerts.check({ ...facts(), nowMs: clock.now() }, settings(), atMs)) {
        latest.set(change.name, change)
        onAlert(change)
      }
      for (const change of latest.values()) {
        if (!isNews(change, atMs) || !sayInRoom(core, settings(), change)) continue
        said.set(change.name, { raised: change.raised, atMs })
      }
    },
  }
}

/** Whether anybody is there to hear it. A room is made by those who join it, and never for this. */
function sayInRoom(core: Core, { enabled, room }: AlertSettings, change: AlertChange): boolean {
  const channel = enabled ? core.network.channels.get(foldCase(room)) : undefined
  if (channel === undefined) return false
  const text = `${change.raised ? 'ALERT' : 'OK'} (${change.name}): ${change.text}`
  applyEvent(core, { kind: 'channelNotice', channel, text })
  return true
}
