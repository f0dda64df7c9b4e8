import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { errorReason } from '../base/error-text.ts'
import { userFolders } from '../terminal/user-folders.ts'
import type { UserFolders } from '../terminal/user-folders.ts'
import type { Say } from '../terminal/words.ts'
import { UsageError } from './usage-error.ts'

/** `maru monitor`. Resolves with the exit code once the dashboard was left. */
export async function monitorCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
  })
  const { language } = values
  if (language !== undefined && language !== 'en' && language !== 'ko') {
    throw new UsageError('--language is en or ko')
  }
  if (positionals.length > 1) throw new UsageError('monitor takes one URL')
  const environment = process.env
  // React's development build is slow, and remembers each frame for tools that nobody opens here.
  environment['NODE_ENV'] ??= 'production'
  const { languageOf } = await import('../terminal/catalogue.ts')
  const { words } = await import('../terminal/words.ts')
  const { LC_ALL, LC_MESSAGES, LANG } = environment
  const say = words(language ?? languageOf([LC_ALL, LC_MESSAGES, LANG]))
  if (!process.stdout.isTTY || !process.stdin.isTTY) return refuse(say('noTerminal'))
  const { NoEntry } = await import('../terminal/no-entry.ts')
  try {
    return await show({ url: positionals[0] ?? DEFAULT_URL, tokenFile: values['token-file'], say })
  } catch (error) {
    if (error instanceof NoEntry) return refuse(error.message)
    throw error
  }
}

const OPTIONS = {
  'token-file': { type: 'string' },
  language: { type: 'string' },
} as const

const RANDOM_STEPS = 2 ** 32
const DEFAULT_URL = 'http://127.0.0.1:8068'

interface Wanted {
  readonly url: string
  readonly tokenFile: string | undefined
  readonly say: Say
}

async function show({ url, tokenFile, say }: Wanted): Promise<number> {
  const { checkSecret, knowServer, serverUrl, signIn, signOut } =
    await import('../terminal/come-in.ts')
  const { runDashboard } = await import('../terminal/dashboard.ts')
  const { systemClock } = await import('../base/clock.ts')
  const { stdin, stdout, stderr } = process
  const door = { stdin, stderr, say, knownServersFile: join(folders().state, 'known-servers.json') }
  const server = await knowServer(serverUrl(url, say), door)
  const consoleSecret = process.env['MARU_CONSOLE_SECRET']
  const firstLink = process.env['MARU_FIRST_LINK']
  const brought = consoleSecret ?? process.env['MARU_TOKEN'] ?? tokenIn(tokenFile, say)
  // What Node reports of a crash has the environment in it.
  delete process.env['MARU_CONSOLE_SECRET']
  delete process.env['MARU_FIRST_LINK']
  delete process.env['MARU_TOKEN']
  // The console waits for its server; whoever brings a token wants to hear that it is wrong.
  if (consoleSecret === undefined && brought !== undefined) await checkSecret(server, brought, say)
  const secret = brought ?? (await signIn(server, door))
  if (secret === undefined) return 1
  await runDashboard({
    stdin,
    stdout,
    server,
    secret,
    say,
    isConsole: consoleSecret !== undefined,
    firstLink,
    // https://no-color.org: present and not empty.
    isColored: (process.env['NO_COLOR'] ?? '') === '',
    clock: systemClock,
    random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS,
  })
  if (brought === undefined) await signOut(server, secret)
  return 0
}

function tokenIn(file: string | undefined, say: Say): string | undefined {
  if (file === undefined) return undefined
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    const reason = errorReason(error)
    throw new UsageError(say('noTokenFile', { file, reason }))
  }
}

function folders(): UserFolders {
  return userFolders({ platform: process.platform, environment: process.env, home: homedir() })
}

function refuse(text: string): number {
  console.error(`maru: ${text}`)
  return 1
}
