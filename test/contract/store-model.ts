import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { MaintainedStore } from '../../src/history/store-upkeep.ts'
import type {
  HistoryPoint,
  Page,
  PageQuery,
  PageSpan,
  Sight,
} from '../../src/state/history-query.ts'
import type { LogRecord, StoredEvent } from '../../src/state/record.ts'
import { eventAt, NOW_MS, redacted, room, type StoreStage } from './store-stage.ts'

/** Pages and what is followed, of random logs, against arrays. */
export function modelFacts({ name, place }: StoreStage): void {
  test(`STORE (${name}) - pages are what an array of the events would give`, async () => {
    await using at = await place()
    await using store = await at.open({ role: 'write', durability: 'relaxed' })
    let buffer = 0
    const property = fc.asyncProperty(logs, queries, async (commits, asked) => {
      buffer++
      const model = await build(store, buffer, commits)
      for (const query of asked.map((drawn) => ({ ...drawn, buffer }))) {
        assert.deepEqual(await store.page(query), model.page(query), JSON.stringify(query))
      }
      const [state] = (await store.load()).buffers.filter(({ id }) => id === buffer)
      const last = model.events.at(-1)
      assert.equal(state?.lastSeq, last?.seq ?? 0)
      assert.equal(state?.lastTimeMs, last?.timeMs ?? 0)
    })
    await fc.assert(property, { numRuns: 60 })
    assert.deepEqual(await indexOf(store), await all(store, buffer))
  })
}

const drawnEvents = fc.record({
  step: fc.integer({ min: 1, max: 3 }),
  waitMs: fc.constantFrom(0, 0, 0, 1, 2),
  command: fc.constantFrom('PRIVMSG', 'NOTICE', 'JOIN', 'TAGMSG'),
  least: fc.constantFrom(0, 0, 0, 1, 4),
  body: fc.string({ unit: 'grapheme', maxLength: 20 }),
  /** How far back the message is that is redacted next. */
  redacts: fc.option(fc.nat({ max: 5 }), { nil: undefined, freq: 6 }),
})
type DrawnEvent = typeof drawnEvents extends fc.Arbitrary<infer Drawn> ? Drawn : never

const logs = fc.array(fc.array(drawnEvents, { maxLength: 12 }), { maxLength: 6 })

const points: fc.Arbitrary<HistoryPoint> = fc.oneof(
  fc.record({
    kind: fc.constant('msgid' as const),
    msgid: fc.integer({ min: 0, max: 60 }).map((seq) => `m${seq}`),
  }),
  fc.record({
    kind: fc.constant('time' as const),
    timeMs: fc.integer({ min: NOW_MS - 2, max: NOW_MS + 40 }),
  }),
)

const spans: fc.Arbitrary<PageSpan> = fc.oneof(
  fc.record({ kind: fc.constantFrom('before', 'after', 'around'), point: points }),
  fc.constant({ kind: 'latest' as const }),
  fc.record({ kind: fc.constant('latest' as const), after: points }),
  fc.record({ kind: fc.constant('between' as const), from: points, to: points }),
)

const sights: fc.Arbitrary<Sight> = fc.record(
  {
    lines: fc.constantFrom('messages', 'all'),
    ranks: fc.constantFrom(0, 1, 2, 4, 5, 31),
    sinceMs: fc.constantFrom(0, 0, NOW_MS + 3, NOW_MS + 12),
    redacted: fc.constant('shown' as const),
  },
  { requiredKeys: ['lines', 'ranks', 'sinceMs'] },
)

const queries = fc.array(
  fc.record({ span: spans, sight: sights, limit: fc.integer({ min: 1, max: 9 }) }),
  { minLength: 10, maxLength: 25 },
)

interface Model {
  readonly events: readonly StoredEvent[]
  readonly page: (query: PageQuery) => Page
}

async function build(
  store: MaintainedStore,
  buffer: number,
  commits: readonly (readonly DrawnEvent[])[],
): Promise<Model> {
  const events: StoredEvent[] = []
  await store.commit([room(buffer)])
  for (const drawn of commits) {
    const records: LogRecord[] = []
    for (const { step, waitMs, redacts, ...rest } of drawn) {
      const last = events.at(-1)
      const timeMs = (last?.timeMs ?? NOW_MS) + waitMs
      const event = eventAt((last?.seq ?? 0) + step, { ...rest, buffer, timeMs })
      events.push(event)
      records.push({ kind: 'event', event })
      const target = redacts === undefined ? undefined : events.at(-1 - redacts)
      if (target === undefined) continue
      records.push(redacted(target.msgid, buffer))
      events[events.indexOf(target)] = redactedModel(target)
    }
    await store.commit(records)
  }
  return { events, page: (query) => modelPage(events, query) }
}

function redactedModel(event: StoredEvent): StoredEvent {
  const redaction = { source: 'Op!op@host.example', reason: 'spam', timeMs: NOW_MS + 5 }
  return { ...event, flags: 4, clientTags: '', body: '', redaction }
}

function modelPage(events: readonly StoredEvent[], query: PageQuery): Page {
  const { span, sight, limit } = query
  const may = (event: StoredEvent): boolean =>
    (event.least === 0 || sight.ranks >= event.least) && event.timeMs >= sight.sinceMs
  const shown = events.filter(
    (event) =>
      may(event) &&
      (sight.lines === 'all' || ['PRIVMSG', 'NOTICE'].includes(event.command)) &&
      (sight.redacted === 'shown' || event.redaction === undefined),
  )
  const eventOf = (point: HistoryPoint): StoredEvent | undefined =>
    events.find(({ msgid }) => point.kind === 'msgid' && msgid === point.msgid)
  /** Negative: the event is before the point. */
  const compare = (event: StoredEvent, point: HistoryPoint): number =>
    point.kind === 'time'
      ? event.timeMs - point.timeMs
      : event.seq - (eventOf(point)?.seq ?? Number.NaN)
  const before = (point: HistoryPoint) => shown.filter((event) => compare(event, point) < 0)
  const after = (point: HistoryPoint) => shown.filter((event) => compare(event, point) > 0)
  const page = (found: readonly StoredEvent[]): Page => ({ kind: 'page', events: found })

  for (const point of pointsOf(span)) {
    const event = eventOf(point)
    if (point.kind === 'msgid' && (event === undefined || !may(event))) {
      return { kind: 'noSuchMsgid', msgid: point.msgid }
    }
  }
  switch (span.kind) {
    case 'before':
      return page(before(span.point).slice(-limit))
    case 'after':
      return page(after(span.point).slice(0, limit))
    case 'latest':
      return page((span.after === undefined ? shown : after(span.after)).slice(-limit))
    case 'around': {
      const event = eventOf(span.point)
      const isShown = event !== undefined && shown.includes(event)
      const half = Math.floor((isShown ? limit - 1 : limit) / 2)
      const earlier = before(span.point)
      const rest = shown.slice(earlier.length, earlier.length + limit - half)
      return page([...(half === 0 ? [] : earlier.slice(-half)), ...rest])
    }
    case 'between': {
      const { from, to } = span
      const forward = after(from).filter((event) => compare(event, to) < 0)
      const backward = after(to).filter((event) => compare(event, from) < 0)
      return page(forward.length > 0 ? forward.slice(0, limit) : backward.slice(-limit))
    }
    default:
      return span satisfies never
  }
}

function pointsOf(span: PageSpan): HistoryPoint[] {
  if (span.kind === 'latest') return span.after === undefined ? [] : [span.after]
  return span.kind === 'between' ? [span.from, span.to] : [span.point]
}

/** What somebody has who followed all changes, in small steps. */
async function indexOf(store: MaintainedStore): Promise<readonly string[]> {
  const found = new Map<string, string>()
  let position = ''
  for (;;) {
    const followed = await store.follow(position, 7)
    if (followed.changes.length === 0) break
    assert.ok(followed.changes.length <= 7)
    ;({ position } = followed)
    for (const { change, buffer, seq, event } of followed.changes) {
      const key = `${buffer}/${seq}`
      if (change === 'gone') found.delete(key)
      else found.set(key, `${key} ${event?.body}`)
    }
  }
  return [...found.values()].toSorted()
}

async function all(store: MaintainedStore, buffers: number): Promise<readonly string[]> {
  const lines: string[] = []
  for (let buffer = 1; buffer <= buffers; buffer++) {
    for await (const { seq, body, redaction } of store.upkeep.exportBuffer(buffer)) {
      if (redaction === undefined) lines.push(`${buffer}/${seq} ${body}`)
    }
  }
  return lines.toSorted()
}
