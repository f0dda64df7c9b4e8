import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { BufferRetention, Retention } from '../history/store-upkeep.ts'
import type { BufferId } from '../state/record.ts'
import type { LiveRoom } from './past-buffers.ts'
import type { RetentionSettings, RoomRetention } from './settings.ts'
import type { KeptHistory } from './upkeep-orders.ts'

interface Parts {
  readonly history: KeptHistory | undefined
  readonly rooms: () => Iterable<LiveRoom>
  readonly rules: () => RetentionSettings
  readonly log: Log
  readonly clock: Clock
}

export interface RunningRetention extends Disposable {
  /** The rules may be others now. */
  look(): void
}

/** What has become too old since the last pass stays so much longer. */
const EVERY_MS = 5 * 60_000

/** Removes what isn't to be kept any more: when the server starts, when it is told to look, and every five minutes. */
export function startRetention({ history, ...parts }: Parts): RunningRetention {
  if (history === undefined) return { look: () => {}, [Symbol.dispose]: () => {} }
  let isUnderWay = false
  let isWanted = false
  let isEnded = false
  const look = async (): Promise<void> => {
    isWanted = true
    if (isUnderWay) return
    isUnderWay = true
    while (isWanted && !isEnded) {
      isWanted = false
      await pass({ ...parts, history, isEnded: () => isEnded })
    }
    isUnderWay = false
  }
  void look()
  const timer = setInterval(() => void look(), EVERY_MS)
  timer.unref()
  return {
    look: () => void look(),
    [Symbol.dispose]() {
      isEnded = true
      clearInterval(timer)
    },
  }
}

interface Pass extends Parts {
  readonly history: KeptHistory
  readonly isEnded: () => boolean
}

async function pass({ history, rooms, rules, log, clock, isEnded }: Pass): Promise<void> {
  const { rule, perBuffer } = retentionOf(rules(), history, rooms())
  if (isEmpty(rule) && [...perBuffer.values()].every(isEmpty)) return
  const beganMs = clock.monotonic()
  try {
    const events = await history.upkeep.retain(rule, perBuffer)
    const tookMs = Math.round(clock.monotonic() - beganMs)
    if (events > 0) log.info('old history removed', { events, tookMs })
  } catch (error) {
    if (!isEnded()) log.error('old history not removed', { error: String(error) })
  }
}

function retentionOf(
  { bytes, rooms, ...every }: RetentionSettings,
  { buffers }: KeptHistory,
  live: Iterable<LiveRoom>,
): { readonly rule: Retention; readonly perBuffer: ReadonlyMap<BufferId, BufferRetention> } {
  const all = [...live]
  const perBuffer = new Map<BufferId, BufferRetention>()
  for (const { name, ...own } of rooms) {
    for (const buffer of buffers.ofRoom(name, all)) perBuffer.set(buffer, given(own))
  }
  return { rule: { ...given(every), ...(bytes === undefined ? {} : { bytes }) }, perBuffer }
}

function given({ days, messages }: RoomRetention): BufferRetention {
  return {
    ...(days === undefined ? {} : { days }),
    ...(messages === undefined ? {} : { messages }),
  }
}

function isEmpty(rule: Retention): boolean {
  return Object.keys(rule).length === 0
}
