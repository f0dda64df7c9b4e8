import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { applyChange } from './change.ts'
import { emptyModel } from './empty-model.ts'
import { MOST } from './most.ts'
import { endOf, fillGap, mergePage, openEnd, type Page } from './timeline-merge.ts'
import { msgidOf, TimelineStore } from './timeline-store.ts'
import { trimTimeline } from './timeline-trim.ts'
import type { Gap, Message, TimelineItem } from './timeline.ts'

const HISTORY = 3000

/** Some share their time: only their msgids tell them apart. */
function message(n: number): Message {
  return {
    kind: 'message',
    id: `i${n}`,
    msgid: String(n),
    timeMs: Math.floor(n / 3) * 1000,
    author: { nick: 'a', key: 'a', isBot: false, isSelf: false },
    form: 'message',
    text: '',
    life: { state: 'said' },
    reactions: [],
    isMention: false,
  }
}

function page(from: number, to: number): Page {
  const numbers = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
  const [first, last] = [numbers[0], numbers.at(-1)]
  // Every fifth is of a kind that isn't shown.
  const items = numbers.filter(isShown).map(message)
  if (first === undefined || last === undefined) return { items }
  return { items, first: placeOf(first), last: placeOf(last) }
}

function isShown(n: number): boolean {
  return n % 5 !== 4
}

function placeOf(n: number) {
  return { msgid: String(n), timeMs: Math.floor(n / 3) * 1000 }
}

type Step =
  | { readonly kind: 'live'; readonly count: number }
  | {
      readonly kind: 'fill'
      readonly which: number
      readonly side: 'newer' | 'older'
      readonly size: number
    }
  | { readonly kind: 'jump'; readonly to: number }
  | { readonly kind: 'look'; readonly at: number }
  | {
      readonly kind: 'break'
      readonly missed: number
      readonly live: number
      readonly isAnswered: boolean
    }

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('live' as const), count: fc.integer({ min: 1, max: 150 }) }),
    fc.record({
      kind: fc.constant('fill' as const),
      which: fc.nat(5),
      side: fc.constantFrom('newer' as const, 'older' as const),
      size: fc.integer({ min: 1, max: 120 }),
    }),
    fc.record({ kind: fc.constant('jump' as const), to: fc.nat(HISTORY) }),
    fc.record({ kind: fc.constant('look' as const), at: fc.nat(500) }),
    fc.record({
      kind: fc.constant('break' as const),
      missed: fc.nat(250),
      live: fc.nat(60),
      isAnswered: fc.boolean(),
    }),
  ),
  { maxLength: 60 },
)

class Walk {
  readonly timeline = new TimelineStore()
  /** What has been said: all below it. */
  now = HISTORY
  #at: string | undefined
  #gaps = 0

  constructor() {
    this.timeline.splice(0, 0, [{ kind: 'gap', id: 'g', state: 'open' }])
  }

  readonly newGapId = () => `g${++this.#gaps}`

  take(step: Step): void {
    switch (step.kind) {
      case 'live':
        for (let i = 0; i < step.count; i++) {
          if (isShown(this.now)) this.timeline.splice(endOf(this.timeline), 0, [message(this.now)])
          this.now++
        }
        break
      case 'fill':
        this.fill(step.which, step.side, step.size)
        break
      case 'jump':
        mergePage(
          this.timeline,
          page(Math.max(0, step.to - 20), Math.min(this.now, step.to + 20)),
          this.newGapId,
        )
        this.#at = `i${step.to}`
        break
      case 'look': {
        const { items } = this.timeline
        this.#at = items[step.at % items.length]?.id
        break
      }
      case 'break':
        this.#comeBack(step)
    }
    trimTimeline(this.timeline, { at: this.#at, gapState: 'open' }, this.newGapId)
  }

  /**
   * Something was missed, and before it is asked for more comes: of which some may come with the page alone. Or
   * there is another break before the answer.
   */
  #comeBack({ missed, live, isAnswered }: Extract<Step, { readonly kind: 'break' }>): void {
    const { items } = this.timeline
    const gap = openEnd(this.timeline, { id: this.newGapId(), state: 'open' })
    this.now += missed
    for (const end = this.now + live; this.now < end; this.now++) {
      const isLate = isAnswered && this.now % 7 === 0
      if (isShown(this.now) && !isLate) this.timeline.splice(items.length, 0, [message(this.now)])
    }
    if (!isAnswered) return
    const place = { gap: gap.id, side: 'newer' } as const
    fillGap(this.timeline, place, this.#answer(gap, 'newer', 100))
  }

  fill(which: number, side: 'newer' | 'older', size: number): void {
    const gaps = this.timeline.items.filter((item) => item.kind === 'gap')
    const gap = gaps[which % Math.max(1, gaps.length)]
    if (gap === undefined) return
    const asks = side === 'older' && gap.older !== undefined ? 'older' : 'newer'
    fillGap(this.timeline, { gap: gap.id, side: asks }, this.#answer(gap, asks, size))
  }

  /** What a server says. */
  #answer({ older, newer }: Gap, side: 'newer' | 'older', size: number): Page {
    const from = older?.msgid === undefined ? 0 : Number(older.msgid) + 1
    const to = newer?.msgid === undefined ? this.now : Number(newer.msgid)
    return side === 'newer'
      ? page(Math.max(from, to - size), to)
      : page(from, Math.min(to, from + size))
  }

  /** In order, nothing twice, and nothing missing where there is no gap. */
  check(): void {
    const { items } = this.timeline
    let last = -1
    let hasGap = true
    for (const item of items) {
      if (item.kind === 'gap') {
        assert.equal(hasGap && last >= 0, false, 'two gaps beside each other')
        hasGap = true
        continue
      }
      const n = Number(msgidOf(item))
      assert.ok(n > last, `${n} after ${last}`)
      if (!hasGap) assert.equal(n, nextShown(last), `${n} right after ${last}`)
      last = n
      hasGap = false
    }
    assert.ok(items.length <= MOST.items * 1.25 + 2, `${items.length} items`)
  }
}

function nextShown(n: number): number {
  return isShown(n + 1) ? n + 1 : n + 2
}

test('CLIENT - through pages, jumps, trims and what is said meanwhile, a timeline has no holes but its gaps', () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const walk = new Walk()
      for (const step of taken) {
        walk.take(step)
        walk.check()
      }
    }),
    { numRuns: 300 },
  )
})

test('CLIENT - whoever scrolls up to the beginning sees everything that was said, once', () => {
  const walk = new Walk()
  walk.take({ kind: 'live', count: 10 })
  const seen = new Set<string>()
  for (let i = 0; i < 200 && !walk.timeline.isComplete; i++) {
    const top = walk.timeline.items[0]
    if (top?.kind !== 'gap') break
    walk.fill(0, 'newer', 100)
    for (const item of walk.timeline.items) if (item.kind === 'message') seen.add(item.msgid ?? '')
    walk.take({ kind: 'look', at: 0 })
    walk.check()
  }
  assert.equal(walk.timeline.isComplete, true)
  assert.equal(seen.size, Array.from({ length: walk.now }, (_, n) => n).filter(isShown).length)
})

test('CLIENT - what an interface is told of a timeline makes it the same as the client’s', () => {
  fc.assert(
    fc.property(steps, fc.infiniteStream(fc.boolean()), (taken, tells) => {
      const walk = new Walk()
      let model = emptyModel({ nick: 'me' })
      const shown = (): readonly TimelineItem[] => model.timelines.get('#a')?.items ?? []
      for (const step of [...taken, { kind: 'live', count: 1 } as const]) {
        walk.take(step)
        if (!tells.next().value) continue
        const change = walk.timeline.takeChange('#a')
        if (change !== undefined) model = applyChange(model, change)
        assert.deepEqual(shown(), walk.timeline.items)
      }
    }),
    { numRuns: 100 },
  )
})
