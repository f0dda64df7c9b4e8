import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import type { VirtualizerHandle } from 'virtua'

interface Rows {
  readonly list: RefObject<VirtualizerHandle | null>
  readonly place: RefObject<HTMLElement | null>
  readonly count: number
}

const PAGE_ROWS = 10

/** One row of a table can be tabbed to; the arrows go from it to the others. https://www.w3.org/WAI/ARIA/apg/patterns/grid/ */
export function useRovingRow({ list, place, count }: Rows): {
  readonly active: number
  readonly setActive: (index: number) => void
  readonly onKey: (event: KeyboardEvent) => void
} {
  const [wanted, setWanted] = useState(0)
  const active = Math.max(0, Math.min(wanted, count - 1))
  const isMoving = useRef(false)
  useEffect(() => {
    if (!isMoving.current) return
    const row = place.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)
    if (row === null || row === undefined) return
    isMoving.current = false
    row.focus({ preventScroll: true })
  })
  const onKey = (event: KeyboardEvent): void => {
    const next = nextRow(event.key, active, count)
    if (next === undefined) return
    event.preventDefault()
    isMoving.current = true
    setWanted(next)
    list.current?.scrollToIndex(next, { align: 'nearest' })
  }
  return { active, setActive: setWanted, onKey }
}

function nextRow(key: string, active: number, count: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: PAGE_ROWS,
    PageUp: -PAGE_ROWS,
    Home: -count,
    End: count,
  }
  const step = steps[key]
  return step === undefined ? undefined : Math.max(0, Math.min(count - 1, active + step))
}
