import { statfs } from 'node:fs/promises'
import type { DiskSpace } from '../monitor/alert-rules.ts'

export interface DiskWatch extends Disposable {
  /** As it was last seen; `undefined`: not yet, or it can't be told. */
  readonly space: DiskSpace | undefined
}

const EVERY_MS = 30_000

/** Looks now and then at how much room the disk of a folder has; never in anybody's way. */
export function watchDisk(folder: string, everyMs: number = EVERY_MS): DiskWatch {
  let space: DiskSpace | undefined
  const look = async (): Promise<void> => {
    try {
      const { bavail, blocks, bsize } = await statfs(folder)
      space = { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
    } catch {
      space = undefined
    }
  }
  void look()
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  return {
    get space() {
      return space
    },
    [Symbol.dispose]: () => clearInterval(timer),
  }
}
