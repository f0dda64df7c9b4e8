import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeNewFile } from './data-folder.ts'

const FILE = 'admin.url'

/** Says in the data folder where the admin side of the server is, for as long as it runs. */
export function tellAdminAddress(dataFolder: string, url: string): Disposable {
  const file = join(dataFolder, FILE)
  writeNewFile(file, `${url}\n`)
  return { [Symbol.dispose]: () => rmSync(file, { force: true }) }
}

/** Undefined: none is told. One that was killed may have left it behind. */
export function adminAddress(dataFolder: string): string | undefined {
  try {
    return readFileSync(join(dataFolder, FILE), 'utf8').trim()
  } catch {
    return undefined
  }
}
