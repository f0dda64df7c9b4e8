import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react'
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
  /** The row that the keys have gone to: a focus goes with its element, so it stays drawn. */
  readonly kept: readonly number[]
  readonly onKey: (event: KeyboardEvent) => void
} {
  const [wanted, setWanted] = useState<string>()
  const isMoving = useRef(false)
  /** The keys brought the focus to a message, and nobody has taken it elsewhere. */
  const isHere = useRef(false)
  useLeaving(
    scroller,
    useCallback(() => {
      isHere.current = false
    }, []),
  )
  const movedAtMs = useRef(Number.NEGATIVE_INFINITY)
  const last = rows.findLast(({ kind }) => kind === 'message')?.key
  const wantedAt = wanted === undefined ? -1 : rows.findIndex(({ key }) => key === wanted)
  const active = wantedAt >= 0 ? wanted : last
  const kept = useMemo(() => (wantedAt >= 0 ? [wantedAt] : []), [wantedAt])
  useEffect(() => {
    const view = scroller.current
    if (view === null) return
    // Rows that come and go may take the element with the focus away.
    if (isHere.current && document.activeElement === document.body) isMoving.current = true
    if (!isMoving.current || !takeFocus(view)) return
    isMoving.current = false
    isHere.current = true
  })
  useLayoutEffect(() => {
    // The list goes to a row by its index, and for some frames: rows that come before it give it another.
    if (systemClock.monotonic() - movedAtMs.current > ALIGN_MS) return
    if (wantedAt >= 0) list.current?.scrollToIndex(wantedAt, { align: 'nearest' })
  }, [rows, wantedAt, list])
  const onKey = (event: KeyboardEvent): void => {
    const isInside =
      event.target instanceof Element && event.target.matches('[data-message], .timeline')
    if (!isInside || event.ctrlKey || event.metaKey || event.altKey) return
    const isOutside = event.target === scroller.current && !isMoving.current
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
  return { active, kept, onKey }
}

const ALIGN_MS = 400

/** Puts the focus on the message that it belongs to. False: that isn't drawn yet. */
function takeFocus(view: HTMLElement): boolean {
  const element = view.querySelector<HTMLElement>('[data-tab-stop]')
  element?.focus({ preventScroll: true })
  // The one before it may be gone: the next key must still come here.
  const isLost = element === null && document.activeElement === document.body
  if (isLost) view.focus({ preventScroll: true })
  return element !== null
}

/** Calls `left` when the focus, or a pointer, is taken elsewhere. */
function useLeaving(scroller: TimelineRefs['scroller'], left: () => void): void {
  useEffect(() => {
    const leave = ({ type, target }: Event): void => {
      const isInside = target instanceof Node && scroller.current?.contains(target) === true
      if (type === 'pointerdown' || !isInside) left()
    }
    document.addEventListener('focusin', leave)
    document.addEventListener('pointerdown', leave)
    return () => {
      document.removeEventListener('focusin', leave)
      document.removeEventListener('pointerdown', leave)
    }
  }, [scroller, left])
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
