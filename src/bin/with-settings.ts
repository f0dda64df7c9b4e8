import { loadSettings, thisMachine } from '../server/config.ts'
import type { Settings } from '../server/settings.ts'
import { StartupError } from '../server/startup-error.ts'
import { failed } from './failed.ts'

/** The flags that say where the data folder is. */
export const FOLDER_OPTIONS = { config: { type: 'string' }, data: { type: 'string' } } as const

export interface FolderFlags {
  readonly config?: string | undefined
  readonly data?: string | undefined
}

/**
 * Runs `work` with the settings that `maru serve` would have. Resolves with the exit code; what is the
 * operator's business is said, and is 1.
 */
export async function withSettings(
  flags: FolderFlags,
  work: (settings: Settings) => Promise<number>,
): Promise<number> {
  const loaded = loadSettings({
    workingFolder: process.cwd(),
    environment: process.env,
    flags: { config: flags.config, data: flags.data },
    machine: thisMachine(),
  })
  if (loaded.kind === 'refused') {
    for (const problem of loaded.problems) console.error(problem)
    return 1
  }
  try {
    return await work(loaded.settings)
  } catch (error) {
    if (isExpected(error)) return failed(error.message)
    throw error
  }
}

function isExpected(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const isSqlite = 'code' in error && error.code === 'ERR_SQLITE_ERROR'
  return isSqlite || error instanceof StartupError || ('code' in error && 'syscall' in error)
}
