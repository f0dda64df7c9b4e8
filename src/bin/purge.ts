import { parseArgs } from 'node:util'
import { purgeTarget } from '../monitor/log-upkeep.ts'
import { changeLog } from './change-log.ts'
import { UsageError } from './usage-error.ts'
import { FOLDER_OPTIONS } from './with-settings.ts'

const CONSOLE = { name: 'console', role: 'admin', from: 'console' } as const

/** `maru purge`. Resolves with the exit code. */
export async function purgeCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...FOLDER_OPTIONS,
      room: { type: 'string' },
      person: { type: 'string' },
      nick: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      reason: { type: 'string' },
    },
  })
  const { room, person, nick, from, to, reason = 'on the console' } = values
  if (room === undefined && person === undefined && nick === undefined) {
    throw new UsageError('--room, --person or --nick is needed')
  }
  const order = {
    ...(room === undefined ? {} : { room }),
    ...(person === undefined ? {} : { account: person }),
    ...(nick === undefined ? {} : { nick }),
    ...(from === undefined ? {} : { fromMs: timeOf(from, '--from') }),
    ...(to === undefined ? {} : { toMs: timeOf(to, '--to') }),
    reason,
  }
  return changeLog(values, {
    what: { action: 'purge history', target: purgeTarget(order), reason },
    path: '/api/v1/history/purge',
    body: order,
    order: (orders) => orders.purge(order, CONSOLE),
    verb: 'are gone',
  })
}

const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z)?$/

/** A day begins at midnight, UTC. */
function timeOf(text: string, option: string): number {
  const ms = TIME.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isFinite(ms)) return ms
  throw new UsageError(
    `${option}: expected a time like 2026-05-01 or 2026-05-01T09:30Z, found ${text}`,
  )
}
