import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { systemClock } from '../../../base/clock.ts'
import type { Row } from '../state/rows.ts'
import type { TimelineRefs, TimelineScroll } from './use-timeline-scroll.ts'

/** One message can be tabbed to; the arrows go from it to the others. */
export function useRovingMessage(
  rows: readonly Row[],
  { list, scroller }: TimelineRefs,
  { toEnd, release }: Pick<TimelineScroll, 'toEnd' | 'release'>,
): {
  /** The key of its row. */
  readonly active: string | undefined
  readonly onKey: (event: KeyboardEvent) => void
} {
  const [wanted, setWanted] = useState<string>()
  const isMoving = useRef(false)
  const movedAtMs = useRef(Number.NEGATIVE_INFINITY)
  const last = rows.findLast(({ kind }) => kind === 'message')?.key
  const active = rows.some(({ key }) => key === wanted) ? wanted : last
  useEffect(() => {
    if (!isMoving.current) return
    const element = scroller.current?.querySelector<HTMLElement>('[data-tab-stop]')
    if (element === null || element === undefined) return
    isMoving.current = false
    element.focus({ preventScroll: true })
  })
  useLayoutEffect(() => {
    // The list goes to a row by its index, and for some frames: rows that come before it give it another.
    if (systemClock.monotonic() - movedAtMs.current > ALIGN_MS) return
    const index = rows.findIndex(({ key }) => key === wanted)
    if (index >= 0) list.current?.scrollToIndex(index, { align: 'nearest' })
  }, [rows, wanted, list])
  const onKey = (event: KeyboardEvent): void => {
    const isInside =
      event.target instanceof Element && event.target.matches('[data-message], .timeline')
    if (!isInside || event.ctrlKey || event.metaKey || event.altKey) return
    const isOutside = event.target === scroller.current
    const step = stepOf(event.key)
    if (step === undefined) return
    event.preventDefault()
    const from = rows.findIndex(({ key }) => key === active)
    const next = isOutside && step < 0 ? from : nextMessage(rows, from, step)
    const row = rows[next]
    if (row === undefined) return toEnd()
    isMoving.current = true
    movedAtMs.current = systemClock.monotonic()
    release()
    setWanted(row.key)
    list.current?.scrollToIndex(next, { align: 'nearest' })
  }
  return { active, onKey }
}

const ALIGN_MS = 400

const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -10,
  PageDown: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

function stepOf(key: string): number | undefined {
  return Object.hasOwn(STEPS, key) ? STEPS[key] : undefined
}

/** The index of the message so many messages away, or of the last one in that direction. */
function nextMessage(rows: readonly Row[], from: number, step: number): number {
  let left = Math.abs(step)
  let found = from
  const way = Math.sign(step)
  for (let at = from + way; at >= 0 && at < rows.length && left > 0; at += way) {
    if (rows[at]?.kind !== 'message') continue
    found = at
    left--
  }
  return found
}
