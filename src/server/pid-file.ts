import { readFileSync, rmSync, writeFileSync } from 'node:fs'

/** Writes the process's id for whoever sends it signals; disposing removes the file if it is still ours. */
export function writePidFile(path: string, processId: number): Disposable {
  writeFileSync(path, `${processId}\n`)
  return {
    [Symbol.dispose]() {
      try {
        if (readFileSync(path, 'utf8').trim() === String(processId)) rmSync(path)
      } catch {
        // Someone has removed it already.
      }
    },
  }
}
