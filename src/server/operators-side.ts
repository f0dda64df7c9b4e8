import type { TurnClock } from '../base/clock.ts'
import type { Audit, AuditEntry } from '../monitor/access.ts'
import { openAdminSide, type AdminSide } from '../monitor/http/admin-side.ts'
import type { Health } from '../monitor/http/route.ts'
import type { MonitorHub } from '../monitor/hub.ts'
import { createMetrics } from '../monitor/metrics.ts'
import { operatorEvent } from '../monitor/operator-event.ts'
import type { LogUpkeep } from '../monitor/log-upkeep.ts'
import type { Steering } from '../monitor/steering.ts'
import { tellAdminAddress } from './admin-address.ts'
import { applyEvent } from './apply-event.ts'
import { isAllAddresses } from './all-addresses.ts'
import type { Core } from './core.ts'
import { createInvitationOrders } from './invitation-orders.ts'
import { openMonitorRecords, type MonitorRecords } from './monitor-records.ts'
import type { HostPort } from './settings.ts'
import { createSteering, type SteeringHooks } from './steering.ts'
import { noUpkeep } from './no-upkeep.ts'
import { createUpkeepOrders, type KeptHistory } from './upkeep-orders.ts'
import { pageFolder } from './page-folder.ts'

export interface OperatorsSideParts {
  readonly at: HostPort
  /** More names under which it may be asked for. */
  readonly hosts: readonly string[]
  readonly core: Core
  readonly clock: TurnClock
  readonly hub: MonitorHub
  readonly dataFolder: string
  /** Undefined: nothing is kept. */
  readonly history: KeptHistory | undefined
  readonly hooks: SteeringHooks
  readonly health: Health
}

/** The operator's door with what stands behind it: who may come in, what they may do, and what is written down of it. */
export interface OperatorsSide extends AsyncDisposable {
  readonly bound: AdminSide['bound']
  /** The link that makes the first operator, while there is none. Holds a secret: for the console, never for a log. */
  readonly firstLink: string | undefined
  /** For the server's own console. */
  consoleSecret(): string
  /** What an operator did on IRC. */
  write(entry: AuditEntry): void
}

/** Throws a StartupError, or what listening throws. */
export async function openOperatorsSide(parts: OperatorsSideParts): Promise<OperatorsSide> {
  const records = openMonitorRecords(parts.dataFolder)
  try {
    return await open(parts, records)
  } catch (error) {
    records[Symbol.dispose]()
    throw error
  }
}

async function open(parts: OperatorsSideParts, records: MonitorRecords): Promise<OperatorsSide> {
  const { at, hosts, core, hub, health } = parts
  const { access } = records
  const side = await openAdminSide({
    at,
    source: hub,
    access,
    audit: toldToFeed(records.audit, hub),
    steering: inTime(createSteering(core, parts.hooks), parts.clock),
    upkeep: upkeepOf(parts),
    invitations: createInvitationOrders(core),
    health,
    hosts,
    page: pageFolder('monitor'),
    metrics: createMetrics(hub),
    log: core.log,
  })
  const told = tellAdminAddress(parts.dataFolder, urlOf(side.bound))
  return {
    bound: side.bound,
    get firstLink() {
      const { firstCode } = access
      return firstCode === undefined ? undefined : `${urlOf(side.bound)}#first=${firstCode}`
    },
    consoleSecret: () => access.consoleSession(),
    write: (entry) => records.audit.append(entry),
    async [Symbol.asyncDispose]() {
      told[Symbol.dispose]()
      await side[Symbol.asyncDispose]()
      records[Symbol.dispose]()
    },
  }
}

function upkeepOf({ core, history, dataFolder }: OperatorsSideParts): LogUpkeep {
  if (history === undefined) return noUpkeep
  return createUpkeepOrders({
    history,
    rooms: () => core.network.channels.values(),
    log: core.log,
    dataFolder,
    erased(person) {
      core.clock.tick()
      applyEvent(core, { kind: 'personErased', person })
    },
  })
}

/** Where a browser on this machine finds it. */
export function urlOf({ host, port }: Pick<AdminSide['bound'], 'host' | 'port'>): string {
  if (isAllAddresses(host)) return `http://127.0.0.1:${port}/`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/`
}

/** What was done is an entry of the feed as well. */
function toldToFeed(audit: Audit, hub: MonitorHub): Audit {
  return {
    append(entry) {
      audit.append(entry)
      if (entry.outcome === 'done') hub.put(operatorEvent(entry, 'monitor'))
    },
    entries: (query) => audit.entries(query),
  }
}

/** Nothing else says between turns what time it is. */
function inTime(steering: Steering, clock: TurnClock): Steering {
  return new Proxy(steering, {
    get(target, name, receiver) {
      clock.tick()
      return Reflect.get(target, name, receiver) as unknown
    },
  })
}
