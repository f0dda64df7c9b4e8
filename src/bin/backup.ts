import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { errorText } from '../base/error-text.ts'
import { logFile, openOfflineLog } from '../server/offline-log.ts'
import { restoreLog, verifyLog } from '../server/restore-log.ts'
import { StartupError } from '../server/startup-error.ts'
import { writeDown } from './change-log.ts'
import { failed } from './failed.ts'
import { wordsOf } from './with-records.ts'
import { FOLDER_OPTIONS, withSettings } from './with-settings.ts'

/** `maru backup`. Resolves with the exit code. */
export async function backupCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: FOLDER_OPTIONS,
    allowPositionals: true,
  })
  const [name = ''] = wordsOf(positionals, ['FILE'])
  const file = resolve(name)
  return withSettings(values, async (settings) => {
    if (logFile(settings) === undefined) return failed(inDatabase('pg_dump'))
    if (existsSync(file)) return failed(`${name} is already there`)
    if (!existsSync(dirname(file))) return failed(`there is no folder ${dirname(file)}`)
    // It holds all that anybody ever said.
    process.umask(0o077)
    await using log = await openOfflineLog(settings, { role: 'read' })
    const verified = await log.upkeep.backup(file).catch(errorText)
    if (typeof verified === 'string') return failed(verified)
    const { events, buffers } = verified
    writeDown(settings, { action: 'backup', target: file }, { done: true, target: file, events })
    console.log(`${name}: ${events} events of ${buffers} rooms and conversations, verified`)
    return 0
  })
}

/** `maru verify`. Resolves with the exit code. */
export async function verifyCommand(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true })
  const [name = ''] = wordsOf(positionals, ['FILE'])
  try {
    const { events, buffers } = await verifyLog(resolve(name))
    console.log(`${name}: ${events} events of ${buffers} rooms and conversations, good`)
    return 0
  } catch (error) {
    if (error instanceof StartupError) return failed(error.message)
    throw error
  }
}

/** `maru restore`. Resolves with the exit code. */
export async function restoreCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: FOLDER_OPTIONS,
    allowPositionals: true,
  })
  const [name = ''] = wordsOf(positionals, ['FILE'])
  const file = resolve(name)
  return withSettings(values, async (settings) => {
    if (logFile(settings) === undefined) return failed(inDatabase('pg_restore'))
    const { events, buffers, before } = await restoreLog(file, settings.dataFolder)
    writeDown(settings, { action: 'restore', target: file }, { done: true, target: file, events })
    if (before !== undefined) console.log(`what was there before is in ${before}`)
    console.log(`${name}: ${events} events of ${buffers} rooms and conversations, restored`)
    return 0
  })
}

function inDatabase(tool: string): string {
  return `the log is in PostgreSQL, which has its own tools for this: use ${tool}`
}
