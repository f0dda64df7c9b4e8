import type { TurnClock } from '../base/clock.ts'
import { createAlertRoom } from './alert-room.ts'
import type { Core } from './core.ts'
import { watchDisk } from './disk-watch.ts'
import type { Monitoring } from './monitoring.ts'
import type { AlertSettings } from './settings.ts'

export interface WatchmanParts {
  readonly core: Core
  readonly clock: TurnClock
  readonly monitoring: Monitoring
  readonly dataFolder: string
  readonly alerts: () => AlertSettings
  readonly certificateEndsAtMs: () => number | undefined
}

const ROUND_MS = 1000

/** Makes a round every second: asks all threads how they are, and raises the alarm where something is wrong. */
export function startWatchman(parts: WatchmanParts): Disposable {
  const { core, clock, monitoring, alerts, certificateEndsAtMs } = parts
  const { hub } = monitoring
  const disk = watchDisk(parts.dataFolder)
  const room = createAlertRoom({
    core,
    settings: alerts,
    facts: () => ({
      figures: hub.figures,
      certificateEndsAtMs: certificateEndsAtMs(),
      disk: disk.space,
    }),
    onAlert(change) {
      hub.put({ kind: 'alert', ...change })
      const { name, raised, text } = change
      core.log[raised ? 'warn' : 'info']('alert', { name, raised, text, by: 'server' })
    },
  })
  let isUnderWay = false
  const round = async (): Promise<void> => {
    // A thread that takes longer than a second to answer is asked once, not in a queue.
    if (isUnderWay) return
    isUnderWay = true
    try {
      await hub.tick()
      clock.tick()
      room.tick()
    } catch (error) {
      core.log.error('monitor failed', { error: String(error) })
    } finally {
      isUnderWay = false
    }
  }
  const timer = setInterval(() => void round(), ROUND_MS)
  timer.unref()
  return {
    [Symbol.dispose]() {
      clearInterval(timer)
      disk[Symbol.dispose]()
      monitoring[Symbol.dispose]()
    },
  }
}
