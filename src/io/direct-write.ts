import type { Socket } from 'node:net'
import { getSystemErrorName } from 'node:util'

/**
 * A socket's `write` without the stream in front of it: the same system call, and a third less time
 * where writes are many and small (decisions/011). It leans on what Node doesn't promise, so that
 * every use asks whether it is there, and whoever gets `undefined` writes as everybody does.
 */
export interface PendingWrite {
  /** Called once, when the kernel has the rest or never will. */
  oncomplete: () => void
  /** Holds the bytes in memory for as long as the kernel hasn't all of them. */
  bytes?: Uint8Array
}

export const WRITTEN = 'written'

interface StreamHandle {
  writeBuffer(request: PendingWrite, bytes: Uint8Array): number
  /** Bytes that the kernel hasn't taken yet. */
  readonly writeQueueSize: number
}

interface StreamWrap {
  readonly WriteWrap: new () => PendingWrite
  readonly streamBaseState: Int32Array
  readonly kLastWriteWasAsync: number
}

const wrap = findStreamWrap()

/**
 * @returns `WRITTEN` when the kernel has taken all bytes; the pending write when some must wait, and
 * `bytes` must stay as they are until it is complete; `undefined` when it can't be done in this way
 * and nothing was written. A socket that fails is destroyed with the error, as by its own `write`.
 */
export function directWrite(
  socket: Socket,
  bytes: Uint8Array,
): typeof WRITTEN | PendingWrite | undefined {
  const handle = handleOf(socket)
  // What the stream still holds goes first.
  if (wrap === undefined || handle === undefined || socket.writableLength > 0) return undefined
  const request = new wrap.WriteWrap()
  request.bytes = bytes
  const error = handle.writeBuffer(request, bytes)
  if (error !== 0) {
    socket.destroy(systemError(error))
    return WRITTEN
  }
  return wrap.streamBaseState[wrap.kLastWriteWasAsync] === 0 ? WRITTEN : request
}

/** Bytes that wait in this process for the peer to read. */
export function waitingBytes(socket: Socket): number {
  return Math.max(socket.writableLength, handleOf(socket)?.writeQueueSize ?? 0)
}

function handleOf(socket: Socket): StreamHandle | undefined {
  return (socket as { _handle?: StreamHandle | null })._handle ?? undefined
}

/** `process.binding` throws where it is not allowed, and won't be there for ever. https://nodejs.org/api/deprecations.html#DEP0111 */
function findStreamWrap(): StreamWrap | undefined {
  try {
    const { binding } = process as unknown as { binding?: (name: string) => unknown }
    const found = binding?.call(process, 'stream_wrap')
    return isStreamWrap(found) ? found : undefined
  } catch {
    return undefined
  }
}

function isStreamWrap(found: unknown): found is StreamWrap {
  const { WriteWrap, streamBaseState, kLastWriteWasAsync } = (found ?? {}) as Partial<StreamWrap>
  return (
    typeof WriteWrap === 'function' &&
    streamBaseState instanceof Int32Array &&
    typeof kLastWriteWasAsync === 'number'
  )
}

function systemError(status: number): Error {
  const code = getSystemErrorName(status)
  return Object.assign(new Error(`write ${code}`), { code })
}
