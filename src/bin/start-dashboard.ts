import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface DashboardStart {
  /** Of the admin side. */
  readonly url: string
  /** Of the session that is the console's. */
  readonly secret: string
  /** Shown while there is no operator. */
  readonly firstLink?: string | undefined
  readonly language?: 'en' | 'ko'
}

export interface RunningDashboard {
  /**
   * The terminal is ours again, in order: somebody left the dashboard, asked for the server to stop (which
   * the server hears by its API), or the dashboard died. Never rejects.
   */
  readonly ended: Promise<void>
  /** Lets it leave the terminal; what hangs is killed. */
  stop(): Promise<void>
}

const PATIENCE_MS = 2000

/**
 * The dashboard in a process of its own, on our terminal: while it runs, nobody else may write to the
 * terminal or read from it. When it dies, even by SIGKILL, the terminal is put in order from here, and the
 * server goes on.
 */
export function startDashboard({
  url,
  secret,
  firstLink,
  language,
}: DashboardStart): RunningDashboard {
  const terminal = rememberTerminal()
  const languageArgs = language === undefined ? [] : ['--language', language]
  const child = spawn(
    process.execPath,
    [...process.execArgv, program(), 'monitor', url, ...languageArgs],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        MARU_CONSOLE_SECRET: secret,
        ...(firstLink === undefined ? {} : { MARU_FIRST_LINK: firstLink }),
      },
    },
  )
  const ended = endOf(child).then((isInOrder) => {
    if (!isInOrder) terminal.restore()
  })
  return {
    ended,
    async stop() {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
      await ended
      clearTimeout(timer)
    },
  }
}

/** `src/bin/maru.ts`, or `dist/bin/maru.js`. */
function program(): string {
  return fileURLToPath(new URL(`./maru${extname(import.meta.filename)}`, import.meta.url))
}

/** Whether it has put the terminal in order itself: only a crash and SIGKILL leave it no time to. */
async function endOf(child: ReturnType<typeof spawn>): Promise<boolean> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    return code === 0 || ORDERLY.has(signal ?? '')
  } catch {
    // It could not even be started.
    return true
  }
}

/** SIGHUP: the terminal itself is gone, and there is nothing to put in order. */
const ORDERLY: ReadonlySet<string> = new Set(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'])

/** What the dashboard may have changed, and how to change it back. */
function rememberTerminal(): { restore(): void } {
  const isPosix = process.platform !== 'win32'
  const saved = isPosix ? stty(['-g'])?.trim() : undefined
  return {
    restore() {
      process.stdout.write(LEAVE_SCREEN)
      if (isPosix) stty([saved ?? 'sane'])
    },
  }
}

/** The same as the dashboard writes; a server that shows none should not have to load it for this. */
const LEAVE_SCREEN = '\x1b[?7h\x1b[?2004l\x1b[?1006l\x1b[?1000l\x1b[0m\x1b[?25h\x1b[?1049l'

/** Undefined where there is no such program, or no terminal. */
function stty(args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('stty', args, {
    stdio: ['inherit', 'pipe', 'ignore'],
    encoding: 'utf8',
  })
  return status === 0 ? stdout : undefined
}
