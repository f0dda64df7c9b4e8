import type { CommandTable } from '../commands/command.ts'
import { commands } from '../commands/index.ts'
import type { Engine, ListenSpec } from '../io/engine.ts'
import { InThreadEngine, type EngineOptions } from '../io/in-thread.ts'
import type { Price } from '../io/line-cost.ts'
import { PooledEngine } from '../io/pool.ts'
import { pageFolder } from './page-folder.ts'
import type { Settings } from './settings.ts'

/** In the core's own thread, or over as many workers as the settings say. */
export function createEngine(
  { limits, workers }: Settings,
  hooks: Pick<EngineOptions, 'trouble' | 'onCompletions'>,
): Engine {
  const options = { limits: limits.edge, prices: pricesOf(commands), ...hooks }
  return workers === 0 ? new InThreadEngine(options) : new PooledEngine({ ...options, workers })
}

/** The part of the table that the edge needs. */
export function pricesOf(table: CommandTable): ReadonlyMap<string, Price> {
  return new Map(
    [...table].map(([name, { cost, costPer, isWelcome }]) => [
      name,
      {
        points: cost,
        ...(costPer === undefined ? {} : { per: costPer }),
        ...(isWelcome === undefined ? {} : { isWelcome }),
      },
    ]),
  )
}

/** The doors for clients. */
export function listenSpecs(settings: Settings): ListenSpec[] {
  const { listeners, proxies, webSocketOrigins } = settings
  const common = { proxiesFrom: proxies, origins: webSocketOrigins }
  const folder = pageFolder('chat')
  const facts = { network: settings.network, 'landing-room': settings.landingRoom ?? '' }
  const web = { ...common, ...(folder === undefined ? {} : { page: { folder, facts } }) }
  const { plain, tls, http, https } = listeners
  return [
    ...plain.map((at): ListenSpec => ({ ...common, ...at, kind: 'plain', name: 'plain' })),
    ...tls.map((at): ListenSpec => ({ ...common, ...at, kind: 'tls', name: 'tls' })),
    ...(http === undefined ? [] : [{ ...web, ...http, kind: 'http', name: 'http' } as const]),
    ...(https === undefined ? [] : [{ ...web, ...https, kind: 'https', name: 'https' } as const]),
  ]
}
