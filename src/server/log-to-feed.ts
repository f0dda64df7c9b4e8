import type { Fields, Log } from '../base/log.ts'
import type { MonitorHub } from '../monitor/hub.ts'

/**
 * Tells the feed what the log is told, but for what the feed is told anyway: who comes and goes, and what
 * operators do, which always says `by`.
 */
export function logToFeed(log: Log, hub: () => MonitorHub): Log {
  const tell = (level: 'info' | 'warn' | 'error', text: string, fields: Fields = {}): void => {
    if (level === 'info' && (TOLD_ANYWAY.has(text) || 'by' in fields)) return
    const known = Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    )
    hub().put({ kind: 'log', level, text, fields: Object.fromEntries(known) })
  }
  return {
    debug: (event, fields) => log.debug(event, fields),
    info(event, fields) {
      log.info(event, fields)
      tell('info', event, fields)
    },
    warn(event, fields) {
      log.warn(event, fields)
      tell('warn', event, fields)
    },
    error(event, fields) {
      log.error(event, fields)
      tell('error', event, fields)
    },
  }
}

const TOLD_ANYWAY: ReadonlySet<string> = new Set([
  'connected',
  'disconnected',
  'refused',
  'reloaded',
  'stopping',
])
