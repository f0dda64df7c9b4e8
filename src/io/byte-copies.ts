/** Above this a copy gets memory of its own. */
const SMALL_BYTES = 1024
/** Memory is dear by the piece (0.6 us up to 4 KiB), so small copies share it; one that lives long keeps no more than this alive. */
const SLAB_BYTES = 4096

/** Copies bytes out of memory that is about to be overwritten. */
export type CopyBytes = (source: Buffer, start: number, end: number) => Uint8Array

/** The result belongs to the caller alone; only the memory around it is shared. */
export function byteCopies(): CopyBytes {
  let slab = Buffer.allocUnsafeSlow(SLAB_BYTES)
  let used = 0
  return (source, start, end) => {
    const bytes = end - start
    if (bytes > SMALL_BYTES) {
      const own = Buffer.allocUnsafeSlow(bytes)
      source.copy(own, 0, start, end)
      return own
    }
    if (used + bytes > SLAB_BYTES) {
      slab = Buffer.allocUnsafeSlow(SLAB_BYTES)
      used = 0
    }
    const at = used
    used += bytes
    source.copy(slab, at, start, end)
    return slab.subarray(at, used)
  }
}
