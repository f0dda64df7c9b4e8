import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react'
import type { Row } from '../state/rows.ts'
import { useLatest } from './use-latest.ts'
import type { TimelineRefs } from './use-timeline-scroll.ts'

export interface SteadyPlace {
  /** The row with this key is to stay where it is now, whatever comes, goes and grows around it. */
  readonly hold: (key: string | undefined) => void
  /** Something has changed: it is put back to where it was. */
  readonly keep: () => void
  /** Something scrolls by itself: nothing is held until it has. */
  readonly release: () => void
}

interface Held {
  readonly key: string
  readonly top: number
}

/**
 * Holds a row in its place when others come and go, and while they are measured: before the frame in which they
 * would move it. The list holds one too, but counts from its end for a while after something came at its beginning.
 */
export function useSteadyPlace(
  { list, scroller, place }: TimelineRefs,
  end: RefObject<boolean>,
  rows: readonly Row[],
): SteadyPlace {
  const held = useRef<Held | undefined>(undefined)
  const latest = useLatest(rows)
  /** Where the list has it, whether it is drawn or not. */
  const topOf = useCallback(
    (wanted: string): number | undefined => {
      const index = latest.current.findIndex(({ key }) => key === wanted)
      const [handle, element] = [list.current, place.current]
      if (index < 0 || handle === null || element === null) return undefined
      return element.getBoundingClientRect().top + handle.getItemOffset(index)
    },
    [latest, list, place],
  )
  const keep = useCallback(() => {
    if (end.current || held.current === undefined) return
    const top = topOf(held.current.key)
    if (top === undefined) return
    const movedPx = top - held.current.top
    if (Math.abs(movedPx) > 1) scroller.current?.scrollBy({ top: movedPx })
  }, [topOf, end, scroller])
  useLayoutEffect(keep, [keep, rows])
  const hold = useCallback(
    (key: string | undefined) => {
      const top = key === undefined ? undefined : topOf(key)
      held.current = key === undefined || top === undefined ? undefined : { key, top }
    },
    [topOf],
  )
  const release = useCallback(() => {
    held.current = undefined
  }, [])
  return { hold, keep, release }
}
