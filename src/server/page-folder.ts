import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where a page was built; undefined: it wasn't. From the source and from the build it is the same place. */
export function pageFolder(page: 'monitor' | 'chat'): string | undefined {
  const folder = fileURLToPath(new URL(`../../dist/web/${page}`, import.meta.url))
  return existsSync(join(folder, 'index.html')) ? folder : undefined
}
