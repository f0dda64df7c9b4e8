import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { startDashboard, type RunningDashboard } from './start-dashboard.ts'
import { loadSettings, thisMachine } from '../server/config.ts'
import { writePidFile } from '../server/pid-file.ts'
import type { RunningServer, Serve } from '../server/running-server.ts'
import { systemdNotifier } from '../server/sd-notify.ts'
import type { SystemdNotifier } from '../server/sd-notify.ts'
import { StartupError } from '../server/startup-error.ts'

/** `maru serve`. Resolves with the exit code once the server has stopped. */
export async function serveCommand(args: readonly string[], serve: Serve): Promise<number> {
  const flags = parseArgs({ args: [...args], options: OPTIONS }).values
  const load = () =>
    loadSettings({
      workingFolder: process.cwd(),
      environment: process.env,
      flags,
      machine: thisMachine(),
    })
  const loaded = load()
  if (loaded.kind === 'refused') return refuse(loaded.problems)
  for (const warning of loaded.warnings) console.error(`maru: ${warning}`)

  const systemd = systemdNotifier({
    environment: process.env,
    processId: process.pid,
    monotonicUs: () => process.hrtime.bigint() / 1000n,
    onFailure: (reason) => console.error(`maru: can't notify systemd: ${reason}`),
  })
  // Before the server is up, a signal ends the process at once: there is nobody to tell yet.
  const server = await started(() => serve(loaded.settings, load))
  if (server === undefined) return 1
  tellFirstLink(server)
  const { pidFile } = loaded.settings
  const pid = pidFile === undefined ? undefined : writePidFile(pidFile, process.pid)
  const release = obeySignals(server, systemd)
  const dashboard = loaded.settings.dashboard ? showDashboard(server) : undefined
  try {
    await systemd.ready(statusOf(server))
    if ((await server.stopped) !== 'restart') return 0
  } finally {
    await dashboard?.stop()
    release()
    systemd.close()
    pid?.[Symbol.dispose]()
  }
  return beginAnew()
}

/** On a terminal, the monitor instead of the log; when somebody leaves it, the log goes on. */
function showDashboard({ console: operators }: RunningServer): RunningDashboard | undefined {
  if (operators === undefined || !process.stdout.isTTY || !process.stdin.isTTY) return undefined
  const held = operators.holdLog()
  const dashboard = startDashboard({
    url: operators.url,
    secret: operators.secret(),
    firstLink: operators.firstLink,
  })
  void dashboard.ended.then(() => held[Symbol.dispose]())
  return dashboard
}

/** Not a line of the log, which others may read: who has this link becomes the server's admin. */
function tellFirstLink({ console: operators }: RunningServer): void {
  const link = operators?.firstLink
  if (link === undefined) return
  console.error(
    `\nThere is no operator yet. Whoever opens this link becomes the first one:\n\n  ${link}\n`,
  )
}

/** In the same process where the system can do that, else as a child whose end is ours. */
async function beginAnew(): Promise<number> {
  const args = [...process.execArgv, ...process.argv.slice(1)]
  if (process.platform !== 'win32' && typeof process.execve === 'function') {
    process.execve(process.execPath, [process.execPath, ...args], process.env)
  }
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal))
  const { promise, resolve } = Promise.withResolvers<number>()
  child.on('exit', (code) => resolve(code ?? 1))
  return promise
}

const OPTIONS = {
  config: { type: 'string' },
  plain: { type: 'string', multiple: true },
  tls: { type: 'string', multiple: true },
  http: { type: 'string' },
  https: { type: 'string' },
  admin: { type: 'string' },
  data: { type: 'string' },
  workers: { type: 'string' },
  history: { type: 'string' },
  limits: { type: 'string' },
  'pid-file': { type: 'string' },
  'no-dashboard': { type: 'boolean' },
} as const

async function started(serve: () => Promise<RunningServer>): Promise<RunningServer | undefined> {
  try {
    return await serve()
  } catch (error) {
    // An address in use or a folder of someone else is the operator's business, and a bug is ours.
    const expected =
      error instanceof Error && (isSystemError(error) || error instanceof StartupError)
    console.error('maru:', expected ? error.message : error)
    return undefined
  }
}

function isSystemError(error: Error): boolean {
  return 'code' in error && 'syscall' in error
}

/** Returns what takes the handlers off again. */
function obeySignals(server: RunningServer, systemd: SystemdNotifier): () => void {
  const stop = (): void => {
    void systemd.stopping()
    // Whatever goes wrong in it arrives through `stopped`.
    server.stop().catch(() => undefined)
  }
  let reloads = Promise.resolve()
  const reload = (): void => {
    reloads = reloads.then(async () => {
      await systemd.reloading()
      await server
        .reload()
        .catch((error: unknown) => console.error('maru: the reload failed:', error))
      await systemd.ready(statusOf(server))
    })
  }
  const handlers = [
    ...(['SIGTERM', 'SIGINT'] as const).map((signal) => [signal, stop] as const),
    ...RELOAD_SIGNALS.map((signal) => [signal, reload] as const),
  ]
  for (const [signal, handler] of handlers) process.on(signal, handler)
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler)
  }
}

/** On Windows, SIGHUP is the closing of the console window, which stops the process whatever it does. */
const RELOAD_SIGNALS: readonly NodeJS.Signals[] =
  process.platform === 'win32' ? ['SIGBREAK'] : ['SIGHUP']

function statusOf(server: RunningServer): string {
  const where = server.listening.map(({ host, port }) => `${host}:${port}`).join(', ')
  return where === '' ? 'listening nowhere' : `listening on ${where}`
}

function refuse(problems: readonly string[]): number {
  for (const problem of problems) console.error(problem)
  return 1
}
