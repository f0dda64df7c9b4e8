import { readFileSync } from 'node:fs'

/** `maru-1.2.3`, from the package that this file is part of. */
export const VERSION = `maru-${packageVersion()}`

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { version }: { version?: string } = JSON.parse(text)
  return version ?? '0'
}
