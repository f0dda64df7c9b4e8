import { randomBytes } from 'node:crypto'
import { createTurnClock, systemClock } from '../base/clock.ts'
import { createIds } from '../base/ids.ts'
import { commands } from '../commands/index.ts'
import type { Operation } from '../commands/effect.ts'
import type { Bound, Engine, ListenSpec, Trouble } from '../io/engine.ts'
import { InThreadEngine } from '../io/in-thread.ts'
import { PooledEngine } from '../io/pool.ts'
import { createNetwork } from '../state/network.ts'
import { dlinedNetworks } from '../state/server-ban.ts'
import { AddressBook } from './address-book.ts'
import { openAdmin, type AdminDoor } from './admin.ts'
import { connectHint } from './connect-hint.ts'
import { readCertificate, selfSignedCertificate, type Certificate } from './certificate.ts'
import { openBanFile } from './ban-file.ts'
import { createCloak } from './cloak.ts'
import type { Core } from './core.ts'
import { cloakKey, openDataFolder, type DataFolder } from './data-folder.ts'
import { createLog, logOutput, type ServerLog } from './log.ts'
import { verifyPassword } from './passwords.ts'
import { handleCompletions } from './pipeline.ts'
import { RoomClasses } from './room-classes.ts'
import type { Ending, RunningServer, Serve } from './running-server.ts'
import { serverInfo } from './server-info.ts'
import { closeAll } from './sessions.ts'
import { takeServerInfo } from './take-server-info.ts'
import type { Loaded, Settings } from './settings.ts'
import { settingsChanges } from './settings-changes.ts'
import { startTimers } from './timers.ts'
import { VERSION } from './version.ts'

/** Builds the parts, starts them, and takes them down in reverse. */
export const serve: Serve = async (settings, reloadSettings) => {
  const log = createLog(settings.log.level, logOutput(settings.log.format, process.stdout.isTTY))
  const folder = openDataFolder(settings.dataFolder)
  try {
    return await Server.start({ settings, reloadSettings, log, folder })
  } catch (error) {
    folder[Symbol.dispose]()
    throw error
  }
}

interface Parts {
  readonly settings: Settings
  readonly reloadSettings: () => Loaded
  readonly log: ServerLog
  readonly folder: DataFolder
}

/** Clients have so long to take what is queued for them when the server stops. */
const DRAIN_MS = 3000

class Server implements RunningServer {
  readonly #parts: Parts
  readonly #engine: Engine
  readonly #core: Core
  readonly #timers: Disposable
  readonly #stopped = Promise.withResolvers<Ending>()
  #settings: Settings
  #listening: readonly Bound[] = []
  #admin: AdminDoor | undefined = undefined
  #isStopping = false

  private constructor(parts: Parts) {
    this.#parts = parts
    this.#settings = parts.settings
    const { log, folder, settings } = parts
    const startedAtMs = systemClock.now()
    const clock = createTurnClock(systemClock)
    const bans = openBanFile(folder.path, (problem) => log.error('bans not saved', { problem }))
    this.#engine = createEngine(settings, log, (batch) => {
      clock.tick()
      handleCompletions(this.#core, batch)
    })
    const facts = { version: VERSION, createdAtMs: startedAtMs, cloak: cloakOf(settings, folder) }
    this.#core = {
      network: createNetwork(bans.kept),
      engine: this.#engine,
      rooms: new RoomClasses(),
      addresses: new AddressBook(),
      clock,
      log,
      table: commands,
      counts: new Map(),
      newMsgid: createIds(randomBytes(6).toString('base64url').replaceAll(/[-_]/g, 'x')),
      startedAtMs,
      checkPassword: (hash, password) => verifyPassword(password, hash),
      saveBans: (changed) => bans.save(changed),
      observe: () => {},
      operate: (operation, by) => this.#operate(operation, by),
      server: serverInfo(settings, facts),
    }
    this.#engine.bar(dlinedNetworks(bans.kept, startedAtMs))
    this.#timers = startTimers(this.#core, clock)
  }

  static async start(parts: Parts): Promise<Server> {
    const server = new Server(parts)
    try {
      await server.#open()
    } catch (error) {
      server.#timers[Symbol.dispose]()
      await server.#admin?.[Symbol.asyncDispose]()
      await server.#engine[Symbol.asyncDispose]()
      throw error
    }
    return server
  }

  get listening(): readonly Bound[] {
    return this.#listening
  }

  get stopped(): Promise<Ending> {
    return this.#stopped.promise
  }

  async reload(): Promise<void> {
    const { log, folder, reloadSettings } = this.#parts
    const loaded = reloadSettings()
    if (loaded.kind === 'refused') {
      for (const problem of loaded.problems) log.error('configuration refused', { problem })
      return
    }
    const { settings, warnings } = loaded
    try {
      if (usesTls(settings))
        await this.#engine.useTls((await certificateOf(settings, folder)).material)
    } catch (error) {
      log.error('configuration refused', { problem: describe(error) })
      return
    }
    for (const warning of warnings) log.warn('configuration', { warning })
    const { changed, needRestart } = settingsChanges(this.#settings, settings)
    this.#settings = settings
    log.setLevel(settings.log.level)
    const { version, createdAtMs } = this.#core.server
    const facts = { version, createdAtMs, cloak: cloakOf(settings, folder) }
    takeServerInfo(this.#core, serverInfo(settings, facts))
    log.info('reloaded', { changed: changed.join(' '), needRestart: needRestart.join(' ') })
  }

  async stop(): Promise<void> {
    this.#end('stop')
    await this.stopped
  }

  #end(ending: Ending): void {
    if (this.#isStopping) return
    this.#isStopping = true
    this.#close().then(() => this.#stopped.resolve(ending), this.#stopped.reject)
  }

  async #close(): Promise<void> {
    this.#parts.log.info('stopping')
    await this.#engine.stopListening()
    closeAll(this.#core, this.#settings.shutdownMessage)
    await this.#engine.drained(DRAIN_MS)
    this.#timers[Symbol.dispose]()
    await this.#admin?.[Symbol.asyncDispose]()
    await this.#engine[Symbol.asyncDispose]()
    this.#parts.folder[Symbol.dispose]()
    this.#parts.log.flush()
  }

  async #open(): Promise<void> {
    const { log, folder, settings } = this.#parts
    if (usesTls(settings)) {
      const { material, fingerprint } = await certificateOf(settings, folder)
      await this.#engine.useTls(material)
      log.info('TLS certificate', { sha256: fingerprint })
    }
    const bound: Bound[] = []
    for (const spec of listenSpecs(settings)) bound.push(await this.#engine.listen(spec))
    this.#listening = bound
    if (settings.listeners.admin !== undefined) {
      this.#admin = await openAdmin(settings.listeners.admin, {
        isReady: () => !this.#isStopping,
        facts: () => this.#facts(),
      })
    }
    const admin = this.#admin === undefined ? [] : [this.#admin.bound]
    for (const { name, host, port } of [...bound, ...admin])
      log.info('listening', { name, host, port })
    log.info('ready', { version: VERSION, connect: connectHint(bound) })
  }

  #facts(): Record<string, number | string> {
    const { network, startedAtMs } = this.#core
    return {
      version: VERSION,
      uptimeSeconds: Math.floor((systemClock.now() - startedAtMs) / 1000),
      connections: network.sessions.size,
      users: network.users.size,
      channels: network.channels.size,
    }
  }

  #operate(operation: Operation, by: string): void {
    this.#parts.log.warn('operator', { operation, by })
    if (operation !== 'rehash') {
      this.#end(operation === 'die' ? 'stop' : 'restart')
      return
    }
    this.reload().catch((error: unknown) => {
      this.#parts.log.error('reload failed', { error: String(error) })
    })
  }
}

function createEngine(
  { limits, workers }: Settings,
  log: ServerLog,
  onCompletions: ConstructorParameters<typeof InThreadEngine>[0]['onCompletions'],
): Engine {
  const costs = new Map([...commands].map(([name, { cost }]) => [name, cost]))
  const trouble = (what: Trouble): void => log.info('refused', { ...what })
  const options = { limits: limits.edge, costs, trouble, onCompletions }
  return workers === 0 ? new InThreadEngine(options) : new PooledEngine({ ...options, workers })
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function usesTls({ listeners }: Settings): boolean {
  return listeners.tls.length > 0 || listeners.https !== undefined
}

async function certificateOf(settings: Settings, folder: DataFolder): Promise<Certificate> {
  if (settings.tls !== undefined) return readCertificate(settings.tls)
  return selfSignedCertificate(folder.path, settings.serverName, systemClock.now())
}

function cloakOf(
  { cloakHosts }: Settings,
  folder: DataFolder,
): (host: string, address: string) => string {
  return cloakHosts ? createCloak(cloakKey(folder)) : (host) => host
}

function listenSpecs({ listeners, proxies, webSocketOrigins }: Settings): ListenSpec[] {
  const common = { proxiesFrom: proxies, origins: webSocketOrigins }
  const { plain, tls, http, https } = listeners
  return [
    ...plain.map((at): ListenSpec => ({ ...common, ...at, kind: 'plain', name: 'plain' })),
    ...tls.map((at): ListenSpec => ({ ...common, ...at, kind: 'tls', name: 'tls' })),
    ...(http === undefined ? [] : [{ ...common, ...http, kind: 'http', name: 'http' } as const]),
    ...(https === undefined
      ? []
      : [{ ...common, ...https, kind: 'https', name: 'https' } as const]),
  ]
}
