import { useCallback, useEffect, useRef, type RefObject } from 'react'
import type { TimelineRefs } from './use-timeline-scroll.ts'

export interface SteadyPlace {
  /** What is in view now is to stay where it is, whatever grows above it. */
  readonly hold: () => void
  /** Something scrolls by itself: nothing is held until it has. */
  readonly release: () => void
}

interface Held {
  readonly element: Element
  readonly top: number
}

/** Holds a message in view while rows around it are measured: before the frame in which they would move it. */
export function useSteadyPlace(
  { scroller, place }: TimelineRefs,
  end: RefObject<boolean>,
): SteadyPlace {
  const held = useRef<Held | undefined>(undefined)
  useEffect(() => {
    if (place.current === null) return undefined
    const observer = new ResizeObserver(() => {
      const { element, top = 0 } = held.current ?? {}
      if (end.current || element === undefined || !element.isConnected) return
      const movedPx = element.getBoundingClientRect().top - top
      if (Math.abs(movedPx) > 1) scroller.current?.scrollBy({ top: movedPx })
    })
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [scroller, place, end])
  const hold = useCallback(() => {
    const view = scroller.current
    if (view === null) return
    const { top, bottom } = view.getBoundingClientRect()
    const inView = [...view.querySelectorAll('[data-message]')].filter((one) => {
      const box = one.getBoundingClientRect()
      return box.bottom > top && box.top < bottom
    })
    // The first may get another head when something comes before it.
    const element = inView[1] ?? inView[0]
    held.current =
      element === undefined ? undefined : { element, top: element.getBoundingClientRect().top }
  }, [scroller])
  const release = useCallback(() => {
    held.current = undefined
  }, [])
  return { hold, release }
}
