import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { Row } from '../state/rows.ts'
import type { TimelineRefs } from './use-timeline-scroll.ts'

/** One message can be tabbed to; the arrows go from it to the others. */
export function useRovingMessage(
  rows: readonly Row[],
  { list, scroller }: TimelineRefs,
  toEnd: () => void,
): {
  /** The key of its row. */
  readonly active: string | undefined
  readonly onKey: (event: KeyboardEvent) => void
} {
  const [wanted, setWanted] = useState<string>()
  const isMoving = useRef(false)
  const last = rows.findLast(({ kind }) => kind === 'message')?.key
  const active = rows.some(({ key }) => key === wanted) ? wanted : last
  useEffect(() => {
    if (!isMoving.current) return
    const element = scroller.current?.querySelector<HTMLElement>('[data-tab-stop]')
    if (element === null || element === undefined) return
    isMoving.current = false
    element.focus({ preventScroll: true })
  })
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
    setWanted(row.key)
    list.current?.scrollToIndex(next, { align: 'nearest' })
  }
  return { active, onKey }
}

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
