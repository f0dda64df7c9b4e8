import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { errorCode } from '../base/error-text.ts'
import type { ServerBan } from '../state/server-ban.ts'
import { writeNewFile } from './data-folder.ts'
import { StartupError } from './startup-error.ts'

/** K-lines, D-lines and mutes in the data folder, so that a restart forgets none. */
export interface BanFile {
  /** What it held when it was opened. */
  readonly kept: readonly ServerBan[]
  /** Writes at the end of the turn, once however often it was asked; what can't be written goes to `onTrouble`. */
  save(bans: readonly ServerBan[]): void
}

/** Throws a StartupError that names the file if it is damaged: no ban is dropped without a word. */
export function openBanFile(folder: string, onTrouble: (text: string) => void): BanFile {
  const path = join(folder, 'bans.json')
  let pending: readonly ServerBan[] | undefined
  const write = (): void => {
    const bans = pending ?? []
    pending = undefined
    try {
      writeNewFile(path, `${JSON.stringify({ version: 1, bans }, undefined, 2)}\n`)
    } catch (error) {
      onTrouble(`can't write ${path}: ${String(error)}`)
    }
  }
  return {
    kept: readBans(path),
    save(bans) {
      if (pending === undefined) queueMicrotask(write)
      pending = bans
    },
  }
}

const file = z.strictObject({
  version: z.literal(1),
  bans: z.array(
    z.strictObject({
      kind: z.enum(['kline', 'dline', 'mute']),
      mask: z.string().min(1),
      reason: z.string(),
      setBy: z.string(),
      setAtMs: z.number(),
      expiresAtMs: z.number().optional(),
    }),
  ),
})

function readBans(path: string): readonly ServerBan[] {
  const text = readIfThere(path)
  if (text === undefined) return []
  try {
    return file.parse(JSON.parse(text)).bans.map(({ expiresAtMs, ...ban }) => ({
      ...ban,
      ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    }))
  } catch {
    throw new StartupError(`${path} is damaged: mend it, or remove it to start without bans`)
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw new StartupError(`can't read ${path}: ${String(error)}`)
  }
}
