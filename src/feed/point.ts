import type { Head } from './feed.ts'
import type { Figures, Measure } from './figures.ts'

/** A second's measures; what there was nothing to measure of is absent. */
export type Point = Readonly<Partial<Record<Measure, number>>>

/** A second's point in the series. */
export function pointOf(figures: Figures, head: Head): Point {
  const { perSecond, fanOutMs, commitMs } = figures
  return {
    connections: head.connections,
    people: head.people,
    rooms: head.rooms,
    acceptedPerSecond: perSecond.accepted,
    refusedPerSecond: perSecond.refused,
    closedPerSecond: perSecond.closed,
    messagesPerSecond: perSecond.messages,
    deliveriesPerSecond: perSecond.deliveries,
    bytesInPerSecond: perSecond.bytesIn,
    bytesOutPerSecond: perSecond.bytesOut,
    slowedPerSecond: perSecond.slowed,
    queuedBytes: figures.queuedBytes,
    cpu: figures.cpu,
    residentBytes: figures.residentBytes,
    ...(fanOutMs === undefined ? {} : { fanOutP50Ms: fanOutMs.p50, fanOutP99Ms: fanOutMs.p99 }),
    ...(commitMs === undefined ? {} : { commitP50Ms: commitMs.p50, commitP99Ms: commitMs.p99 }),
    ...worstThreads(figures),
  }
}

/** How late the core's loop and that of the slowest worker are, and how full the fullest ring is. */
export function worstThreads({
  threads,
}: Figures): Pick<Point, 'coreLoopP99Ms' | 'workerLoopP99Ms' | 'ringShare'> {
  const core = threads.find(({ name }) => name === 'core')
  const workers = threads.filter((thread) => thread !== core)
  const loops = workers.flatMap(({ loopDelayMs }) => loopDelayMs?.p99 ?? [])
  const rings = workers.flatMap(({ rings: ring }) =>
    ring === undefined ? [] : [ring.completions, ring.submissions],
  )
  return {
    ...(core?.loopDelayMs === undefined ? {} : { coreLoopP99Ms: core.loopDelayMs.p99 }),
    ...(loops.length === 0 ? {} : { workerLoopP99Ms: Math.max(...loops) }),
    ...(rings.length === 0 ? {} : { ringShare: Math.max(...rings) }),
  }
}
