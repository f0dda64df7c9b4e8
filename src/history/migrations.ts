import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'

/** A step of a schema: a file `NNN-name.sql` that is never changed once it is released. */
export interface Migration {
  /** From 1, without a gap. */
  readonly version: number
  readonly name: string
  readonly sql: string
  readonly checksum: number
}

/** What a database says was done to it. */
export interface DoneMigration {
  readonly version: number
  readonly checksum: number
}

/** Why a database can't be used; fit to be shown. */
export class StoreOpenError extends Error {}

const FOLDER = join(import.meta.dirname, 'migrations')

/** The migrations in `migrations/<of>`, in their order. */
export function readMigrations(of: 'sqlite' | 'postgres'): readonly Migration[] {
  const folder = join(FOLDER, of)
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  return names.toSorted().map((name) => {
    // What a checkout on Windows makes of the ends of lines is no change.
    const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')
    return { version: Number.parseInt(name, 10), name, sql, checksum: crc32(sql) | 0 }
  })
}

/** Those that are still to be run. Throws a StoreOpenError when the database isn't of this line. */
export function missingMigrations(
  all: readonly Migration[],
  done: readonly DoneMigration[],
  where: string,
): readonly Migration[] {
  for (const { version, checksum } of done) {
    const known = all.find((migration) => migration.version === version)
    if (known === undefined) throw new StoreOpenError(`${where} was made by a newer Maru than this`)
    if (known.checksum !== checksum) {
      throw new StoreOpenError(`${where} was made by another ${known.name} than this Maru has`)
    }
  }
  return all.filter(({ version }) => !done.some((one) => one.version === version))
}
