#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { errorCode } from '../base/error-text.ts'
import { helpFor } from './help.ts'
import { UsageError } from './usage-error.ts'

const [command, ...args] = process.argv.slice(2)

try {
  process.exitCode = await run(command, args)
} catch (error) {
  if (!isUsageError(error)) throw error
  process.exitCode = misuse(error.message, command)
}

async function run(name: string | undefined, rest: readonly string[]): Promise<number> {
  if (name === undefined) return misuse('a command is missing', undefined)
  if (name === 'help' && rest[0] === 'bench') return runCommand('bench', ['--help'])
  if (name === 'help' || name === '--help' || name === '-h') return help(rest[0])
  if (name === '--version' || name === '-v') {
    console.log(version())
    return 0
  }
  // The load generator knows its options best.
  if (name !== 'bench' && (rest.includes('--help') || rest.includes('-h'))) return help(name)
  return runCommand(name, rest)
}

/** Each command is loaded when it is asked for: `maru passwd` needs no server. */
async function runCommand(name: string, rest: readonly string[]): Promise<number> {
  switch (name) {
    case 'serve': {
      hushSqlite()
      const { serveCommand } = await import('./serve.ts')
      return serveCommand(rest, async (settings, reloadSettings) => {
        const { serve } = await import('../server/server.ts')
        return serve(settings, reloadSettings)
      })
    }
    case 'monitor':
      return (await import('./monitor.ts')).monitorCommand(rest)
    case 'chat':
      hushSqlite()
      return (await import('./chat.ts')).chatCommand(rest)
    case 'operator':
      hushSqlite()
      return (await import('./operator.ts')).operatorCommand(rest)
    case 'token':
      hushSqlite()
      return (await import('./token.ts')).tokenCommand(rest)
    case 'invite':
      hushSqlite()
      return (await import('./invite.ts')).inviteCommand(rest)
    case 'audit':
      hushSqlite()
      return (await import('./audit.ts')).auditCommand(rest)
    case 'backup':
      hushSqlite()
      return (await import('./backup.ts')).backupCommand(rest)
    case 'verify':
      hushSqlite()
      return (await import('./backup.ts')).verifyCommand(rest)
    case 'restore':
      hushSqlite()
      return (await import('./backup.ts')).restoreCommand(rest)
    case 'export':
      hushSqlite()
      return (await import('./export.ts')).exportCommand(rest)
    case 'erase':
      hushSqlite()
      return (await import('./erase.ts')).eraseCommand(rest)
    case 'purge':
      hushSqlite()
      return (await import('./purge.ts')).purgeCommand(rest)
    case 'passwd':
      return (await import('./passwd.ts')).passwdCommand(rest)
    case 'bench':
      return (await import('./bench.ts')).benchCommand(rest)
    default:
      return misuse(`there is no command ${name}`, undefined)
  }
}

function help(name: string | undefined): number {
  const text = helpFor(name)
  if (text === undefined) return misuse(`there is no command ${name}`, undefined)
  process.stdout.write(text)
  return 0
}

function misuse(message: string, name: string | undefined): number {
  process.stderr.write(`maru: ${message}\n\n${helpFor(name) ?? helpFor(undefined)}`)
  return 2
}

/** Ours, and what `parseArgs` throws. */
function isUsageError(error: unknown): error is Error {
  return error instanceof UsageError || errorCode(error)?.startsWith('ERR_PARSE_ARGS_') === true
}

/** `src/bin` and `dist/bin` are equally deep. */
function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return String((JSON.parse(text) as { version: unknown }).version)
}

/** Node 22 warns that node:sqlite is experimental, at every start; operators can do nothing about it. */
function hushSqlite(): void {
  const emitWarning = process.emitWarning.bind(process)
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (String(warning).includes('SQLite is an experimental feature')) return
    Reflect.apply(emitWarning, undefined, [warning, ...rest])
  }
}
