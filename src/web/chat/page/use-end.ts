import { useCallback, useEffect, useLayoutEffect, useState, type RefObject } from 'react'
import type { Row } from '../state/rows.ts'
import type { TimelineRefs } from './use-timeline-scroll.ts'

interface EndOptions {
  /** One is at the end, and wants to see what comes. */
  readonly endRef: RefObject<boolean>
  readonly rows: readonly Row[]
  /** The end isn't followed now. */
  readonly isHeld: boolean
}

interface End {
  readonly isAtEnd: boolean
  /** Something scrolled: near the end or not, and with somebody's hand or without. */
  readonly arrive: (isNear: boolean, isTouched: boolean) => void
  readonly follow: () => void
  readonly toEnd: () => void
}

/** The end stays in view while one is there. */
export function useEnd(refs: TimelineRefs, { endRef, rows, isHeld }: EndOptions): End {
  const { scroller } = refs
  const [isAtEnd, setAtEnd] = useState(true)
  const arrive = useCallback(
    (isNear: boolean, isTouched: boolean) => {
      // Rows that are measured move the end away: only who scrolls leaves it.
      endRef.current = isNear || (endRef.current && !isTouched)
      setAtEnd(endRef.current)
    },
    [endRef],
  )
  const ownLast = ownLastOf(rows)
  useLayoutEffect(() => {
    // Who says something wants to see it.
    if (ownLast !== undefined) endRef.current = true
  }, [ownLast, endRef])
  const follow = useFollow(refs, endRef, isHeld)
  useLayoutEffect(follow, [follow, rows])
  const toEnd = useCallback(() => {
    endRef.current = true
    setAtEnd(true)
    scrollToEnd(scroller.current)
  }, [scroller, endRef])
  return { isAtEnd, arrive, follow, toEnd }
}

/** The key of the last row, where it is something of one's own. */
function ownLastOf(rows: readonly Row[]): string | undefined {
  const row = rows.at(-1)
  return row?.kind === 'message' && row.item.author.isSelf ? row.key : undefined
}

/**
 * Scrolls to the end, where one is there: for what comes, while it is measured, and while the keyboard of a phone
 * comes and goes. The list's own way there goes on for a moment, and takes back whoever scrolls away meanwhile.
 */
function useFollow(
  { scroller, place }: TimelineRefs,
  endRef: RefObject<boolean>,
  isHeld: boolean,
): () => void {
  const follow = useCallback(() => {
    if (endRef.current && !isHeld) scrollToEnd(scroller.current)
  }, [scroller, endRef, isHeld])
  useEffect(() => {
    if (place.current === null || scroller.current === null) return undefined
    const observer = new ResizeObserver(follow)
    observer.observe(place.current)
    observer.observe(scroller.current)
    return () => observer.disconnect()
  }, [scroller, place, follow])
  return follow
}

function scrollToEnd(view: Element | null): void {
  view?.scrollTo({ top: view.scrollHeight })
}
