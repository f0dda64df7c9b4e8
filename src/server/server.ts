import { createTurnClock, systemClock, type TurnClock } from '../base/clock.ts'
import { errorText } from '../base/error-text.ts'
import type { Fields, Log } from '../base/log.ts'
import type { CommandCount } from '../commands/command.ts'
import type { Operation } from '../commands/effect.ts'
import type { Bound, Engine } from '../io/engine.ts'
import type { ServerFacts } from '../feed/feed.ts'
import { operatorEvent } from '../monitor/operator-event.ts'
import { dlinedNetworks } from '../state/server-ban.ts'
import { connectHint } from './connect-hint.ts'
import type { Certificate } from './certificate.ts'
import { certificateOf, usesTls } from './certificate-of.ts'
import { createEngine, listenSpecs } from './create-engine.ts'
import { auditEntry } from './audit-entry.ts'
import { openBanFile } from './ban-file.ts'
import { createCloak } from './cloak.ts'
import type { Core } from './core.ts'
import { createCore, networkOf } from './create-core.ts'
import { cloakKey, derivedKey, openDataFolder, type DataFolder } from './data-folder.ts'
import { HistorySide, nameOfStore } from './history-side.ts'
import { flatLimits } from './flat-limits.ts'
import { createLog, logOutput, type ServerLog } from './log.ts'
import { logToFeed } from './log-to-feed.ts'
import { Monitoring } from './monitoring.ts'
import { openOperatorsSide, urlOf, type OperatorsSide } from './operators-side.ts'
import { handleCompletions } from './pipeline.ts'
import { settlePresences } from './presences.ts'
import type { Console, Ending, RunningServer, Serve } from './running-server.ts'
import { startRetention, type RunningRetention } from './retention.ts'
import { serverInfo } from './server-info.ts'
import { closeAll } from './sessions.ts'
import { takeServerInfo } from './take-server-info.ts'
import type { HostPort, Loaded, LogLevel, Settings } from './settings.ts'
import { settingsChanges } from './settings-changes.ts'
import { StartupError } from './startup-error.ts'
import { startTimers } from './timers.ts'
import { VERSION } from './version.ts'
import { startWatchman } from './watchman.ts'

/** Builds the parts, starts them, and takes them down in reverse. */
export const serve: Serve = async (settings, reloadSettings) => {
  const log = createLog(settings.log.level, logOutput(settings.log.format, process.stdout.isTTY))
  const folder = openDataFolder(settings.dataFolder)
  try {
    const history = await openHistory(settings, log)
    try {
      return await Server.start({ settings, reloadSettings, log, folder, history })
    } catch (error) {
      await history?.[Symbol.asyncDispose]()
      throw error
    }
  } catch (error) {
    folder[Symbol.dispose]()
    throw error
  }
}

async function openHistory(settings: Settings, log: ServerLog): Promise<HistorySide | undefined> {
  const nowMs = (): number => systemClock.monotonic()
  try {
    return await HistorySide.open(settings, { log, nowMs, died: dieWithTheLog })
  } catch (error) {
    throw new StartupError(`${nameOfStore(settings)} can't be opened: ${errorText(error)}`)
  }
}

/** Nothing could be promised any more, and nobody would hear anything. */
function dieWithTheLog(why: Error): void {
  throw new Error('the log has died', { cause: why })
}

interface Parts {
  readonly settings: Settings
  readonly reloadSettings: () => Loaded
  readonly log: ServerLog
  readonly folder: DataFolder
  /** Undefined: nothing is kept. */
  readonly history: HistorySide | undefined
}

/** Clients have so long to take what is queued for them when the server stops. */
const DRAIN_MS = 3000

class Server implements RunningServer {
  readonly #parts: Parts
  readonly #engine: Engine
  readonly #core: Core
  readonly #log: Log
  readonly #clock: TurnClock
  readonly #monitoring: Monitoring
  readonly #timers: Disposable
  readonly #watchman: Disposable
  readonly #retention: RunningRetention
  readonly #stopped = Promise.withResolvers<Ending>()
  #settings: Settings
  #listening: readonly Bound[] = []
  #certificate: Certificate | undefined = undefined
  #operators: OperatorsSide | undefined = undefined
  #isStopping = false

  private constructor(parts: Parts) {
    this.#parts = parts
    this.#settings = parts.settings
    const { folder, settings } = parts
    const log = logToFeed(parts.log, () => this.#monitoring.hub)
    this.#log = log
    const startedAtMs = systemClock.now()
    const clock = createTurnClock(systemClock)
    this.#clock = clock
    const bans = openBanFile(folder.path, (problem) => log.error('bans not saved', { problem }))
    const network = networkOf(bans.kept, parts.history, { nowMs: startedAtMs, log })
    const counts = new Map<string, CommandCount>()
    this.#monitoring = new Monitoring({
      network,
      counts,
      engine: () => this.#engine,
      facts: () => this.#facts(),
      workers: settings.workers,
      history: parts.history,
    })
    this.#engine = this.#createEngine()
    const facts = { version: VERSION, createdAtMs: startedAtMs, cloak: cloakOf(settings, folder) }
    this.#core = createCore({
      network,
      counts,
      engine: this.#engine,
      clock,
      log,
      startedAtMs,
      history: parts.history,
      fakeSaltKey: derivedKey(folder, 'scram'),
      saveBans: (changed) => bans.save(changed),
      ...this.#listeners(),
      server: serverInfo(settings, facts),
    })
    settlePresences(this.#core)
    this.#engine.bar(dlinedNetworks(bans.kept, startedAtMs))
    this.#timers = startTimers(this.#core, clock)
    this.#retention = startRetention({
      history: parts.history,
      rooms: () => network.channels.values(),
      rules: () => this.#settings.retention,
      log,
      clock: systemClock,
    })
    this.#watchman = startWatchman({
      core: this.#core,
      clock,
      monitoring: this.#monitoring,
      dataFolder: folder.path,
      alerts: () => this.#settings.alerts,
      certificateEndsAtMs: () => this.#certificate?.expiresAtMs,
    })
  }

  #createEngine(): Engine {
    const { log, settings } = this.#parts
    return createEngine(settings, {
      trouble: (trouble) => {
        log.info('refused', { ...trouble })
        this.#monitoring.hub.refused(trouble)
      },
      onCompletions: (batch) => {
        this.#clock.tick()
        handleCompletions(this.#core, batch)
      },
    })
  }

  /** Those whom the core tells what happens. */
  #listeners(): Pick<Core, 'observe' | 'slowed' | 'audit' | 'operate'> {
    return {
      observe: (event) => this.#monitoring.hub.observer.hear(event),
      slowed: (session, why) => this.#monitoring.hub.observer.slowed(session, why),
      audit: (level, action, fields) => this.#audit(level, action, fields),
      operate: (operation, by) => this.#operate(operation, by),
    }
  }

  static async start(parts: Parts): Promise<Server> {
    const server = new Server(parts)
    try {
      await server.#open()
    } catch (error) {
      server.#watchman[Symbol.dispose]()
      server.#retention[Symbol.dispose]()
      server.#timers[Symbol.dispose]()
      await server.#operators?.[Symbol.asyncDispose]()
      await server.#engine[Symbol.asyncDispose]()
      throw error
    }
    return server
  }

  get listening(): readonly Bound[] {
    return this.#listening
  }

  get console(): Console | undefined {
    const operators = this.#operators
    if (operators === undefined) return undefined
    return {
      url: urlOf(operators.bound),
      firstLink: operators.firstLink,
      secret: () => operators.consoleSecret(),
      holdLog: () => this.#parts.log.hold(),
    }
  }

  /** Those for clients, and the operators' own. */
  get #doors(): readonly Bound[] {
    return this.#operators === undefined
      ? this.#listening
      : [...this.#listening, this.#operators.bound]
  }

  get stopped(): Promise<Ending> {
    return this.#stopped.promise
  }

  async reload(): Promise<readonly string[]> {
    const { folder, log: ownLog, reloadSettings } = this.#parts
    const log = this.#log
    const loaded = reloadSettings()
    if (loaded.kind === 'refused') return this.#refuse(loaded.problems)
    const { settings, warnings } = loaded
    try {
      if (usesTls(settings)) await this.#useCertificate(await certificateOf(settings, folder))
    } catch (error) {
      return this.#refuse([errorText(error)])
    }
    for (const warning of warnings) log.warn('configuration', { warning })
    const changes = settingsChanges(this.#settings, settings)
    this.#settings = settings
    ownLog.setLevel(settings.log.level)
    const { version, createdAtMs } = this.#core.server
    const facts = { version, createdAtMs, cloak: cloakOf(settings, folder) }
    takeServerInfo(this.#core, serverInfo(settings, facts))
    this.#retention.look()
    const changed = changes.changed.join(' ')
    const needRestart = changes.needRestart.join(' ')
    log.info('reloaded', { changed, needRestart })
    this.#monitoring.hub.put({ kind: 'reloaded', changed, needRestart })
    return []
  }

  #refuse(problems: readonly string[]): readonly string[] {
    for (const problem of problems) this.#log.error('configuration refused', { problem })
    return problems
  }

  async stop(): Promise<void> {
    this.#end('stop')
    await this.stopped
  }

  #end(ending: Ending): void {
    if (this.#isStopping) return
    this.#isStopping = true
    this.#monitoring.hub.put({ kind: 'stopping', restart: ending === 'restart' })
    this.#close().then(() => this.#stopped.resolve(ending), this.#stopped.reject)
  }

  async #close(): Promise<void> {
    this.#log.info('stopping')
    await this.#engine.stopListening()
    closeAll(this.#core, this.#settings.shutdownMessage)
    this.#retention[Symbol.dispose]()
    await this.#parts.history?.[Symbol.asyncDispose]()
    await this.#engine.drained(DRAIN_MS)
    this.#watchman[Symbol.dispose]()
    this.#timers[Symbol.dispose]()
    await this.#operators?.[Symbol.asyncDispose]()
    await this.#engine[Symbol.asyncDispose]()
    this.#parts.folder[Symbol.dispose]()
    await this.#parts.log.flush()
  }

  async #open(): Promise<void> {
    const { folder, settings } = this.#parts
    const log = this.#log
    if (usesTls(settings)) {
      const certificate = await certificateOf(settings, folder)
      await this.#useCertificate(certificate)
      log.info('TLS certificate', { sha256: certificate.fingerprint })
    }
    const bound: Bound[] = []
    for (const spec of listenSpecs(settings)) bound.push(await this.#engine.listen(spec))
    this.#listening = bound
    const { admin } = settings.listeners
    if (admin !== undefined) this.#operators = await this.#openOperatorsSide(admin)
    for (const { name, host, port } of this.#doors) log.info('listening', { name, host, port })
    log.info('ready', { version: VERSION, connect: connectHint(bound) })
  }

  async #openOperatorsSide(at: HostPort): Promise<OperatorsSide> {
    return openOperatorsSide({
      at,
      hosts: this.#settings.adminHosts,
      core: this.#core,
      clock: this.#clock,
      hub: this.#monitoring.hub,
      dataFolder: this.#parts.folder.path,
      history: this.#parts.history,
      hooks: {
        reload: () => this.reload(),
        setLogLevel: (level) => this.#setLogLevel(level),
        stop: () => this.#end('stop'),
        restart: () => this.#end('restart'),
      },
      health: { isReady: () => !this.#isStopping, facts: () => this.#healthFacts() },
    })
  }

  async #useCertificate(certificate: Certificate): Promise<void> {
    await this.#engine.useTls(certificate.material)
    this.#certificate = certificate
  }

  #setLogLevel(level: LogLevel): void {
    this.#parts.log.setLevel(level)
    this.#settings = { ...this.#settings, log: { ...this.#settings.log, level } }
  }

  #healthFacts(): Record<string, number | string> {
    const { network, startedAtMs } = this.#core
    return {
      version: VERSION,
      uptimeSeconds: Math.floor((systemClock.now() - startedAtMs) / 1000),
      connections: network.sessions.size,
      users: network.users.size,
      channels: network.channels.size,
    }
  }

  #facts(): ServerFacts {
    const { serverName, network, workers, log, limits } = this.#settings
    const certificate = this.#certificate
    return {
      version: VERSION,
      serverName,
      network,
      startedAtMs: this.#core.startedAtMs,
      nowMs: systemClock.now(),
      listening: this.#doors,
      workers,
      processId: process.pid,
      runtime: `Node ${process.versions.node}`,
      platform: `${process.platform} ${process.arch}`,
      logLevel: log.level,
      isStopping: this.#isStopping,
      limits: flatLimits(limits),
      ...(certificate === undefined
        ? {}
        : { certificate: { sha256: certificate.fingerprint, endsAtMs: certificate.expiresAtMs } }),
    }
  }

  /** Of what an operator did on IRC. */
  #audit(level: 'info' | 'warn', action: string, fields: Fields): void {
    this.#log[level](action, fields)
    const entry = auditEntry(level, action, fields)
    this.#monitoring.hub.put(operatorEvent(entry, 'irc'))
    this.#operators?.write(entry)
  }

  #operate(operation: Operation, by: string): void {
    this.#log.warn('operator', { operation, by })
    if (operation !== 'rehash') {
      this.#end(operation === 'die' ? 'stop' : 'restart')
      return
    }
    this.reload().catch((error: unknown) => {
      this.#log.error('reload failed', { error: String(error) })
    })
  }
}

function cloakOf(
  { cloakHosts }: Settings,
  folder: DataFolder,
): (host: string, address: string) => string {
  return cloakHosts ? createCloak(cloakKey(folder)) : (host) => host
}
