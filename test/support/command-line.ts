import { spawn } from 'node:child_process'
import { join } from 'node:path'

const MARU = join(import.meta.dirname, '../../src/bin/maru.ts')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `maru` with these arguments in a folder, beside whatever the test does meanwhile. */
export function runMaru(folder: string, ...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [MARU, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}
