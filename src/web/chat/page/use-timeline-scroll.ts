import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { systemClock } from '../../../base/clock.ts'
import type { Row } from '../state/rows.ts'
import { lookAt, type Seen } from '../state/look.ts'
import { pivotOf } from '../state/steady-rows.ts'
import { useChat } from './chat-context.tsx'
import type { JumpedTo } from './conversation-view.tsx'
import { useEnd } from './use-end.ts'
import { useLatest } from './use-latest.ts'
import { useReading } from './use-reading.ts'
import { useSteadyPlace } from './use-steady-place.ts'
import { useSteadyRows } from './use-steady-rows.ts'

interface ScrollOptions {
  readonly conversation: string
  /** All that there are; some may be shown a moment later. */
  readonly wanted: readonly Row[]
  readonly jumpedTo: JumpedTo | undefined
  /** The end isn't followed now: somebody aims at a message. */
  readonly isHeld: boolean
  readonly refs: TimelineRefs
}

export interface TimelineRefs {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly list: RefObject<VirtualizerHandle | null>
  /** What grows in the scroller. */
  readonly place: RefObject<HTMLDivElement | null>
}

export interface TimelineScroll {
  /** Those to show. */
  readonly rows: readonly Row[]
  /** Rows came or went at the beginning: what is seen stays where it is. */
  readonly isShifting: boolean
  readonly isAtEnd: boolean
  /** The index of the first row in view. */
  readonly firstSeen: number
  /** The key of the row that was jumped to. */
  readonly highlight: string | undefined
  readonly onScroll: (offset: number) => void
  /** Rows were measured. */
  readonly onResize: () => void
  /** Somebody else scrolls now: nothing is held in its place meanwhile. */
  readonly release: () => void
  readonly toEnd: () => void
  readonly toRow: (index: number) => void
}

const END_PX = 24
/** The client is told no more often. */
const LOOK_MS = 100
const HIGHLIGHT_MS = 2500
const ALIGN_MS = [30, 90, 180, 350]

/** Scrolling that never jumps: the end stays in view while one is there, else what one reads does. */
export function useTimelineScroll(options: ScrollOptions): TimelineScroll {
  const { conversation, wanted, jumpedTo, isHeld, refs } = options
  const { list, scroller } = refs
  const end = useRef(true)
  const touched = useTouched(refs)
  const pivot = useRef<string | undefined>(undefined)
  const seen = useRef<ReadonlySet<string>>(new Set())
  const { rows, isShifting } = useSteadyRows(
    wanted,
    useCallback(() => (end.current ? undefined : pivot.current), []),
  )
  const latest = useLatest(rows)
  const [firstSeen, setFirstSeen] = useState(0)
  const look = useLook(conversation, rows)
  const { hold, keep, release } = useSteadyPlace(refs, end, rows)
  const { isAtEnd, arrive, follow, toEnd } = useEnd(refs, { endRef: end, rows, isHeld })
  const onScroll = useCallback(
    (offset: number) => {
      const [handle, view] = [list.current, scroller.current]
      if (handle === null || view === null) return
      arrive(isNearEnd(handle, view), touched())
      const index = handle.findItemIndex(offset)
      setFirstSeen(index)
      const last = handle.findItemIndex(offset + handle.viewportSize)
      const inView = latest.current.slice(index, last + 1)
      pivot.current = pivotOf(inView, seen.current)
      seen.current = new Set(inView.map(({ key }) => key))
      hold(pivot.current)
      look(index, last, end.current)
    },
    [list, scroller, latest, look, touched, hold, arrive],
  )
  const onResize = useCallback(() => {
    keep()
    follow()
  }, [keep, follow])
  const toRow = useCallback(
    (index: number) => {
      const handle = list.current
      if (handle === null) return
      release()
      // Where all is in view nothing scrolls, and the end is there still.
      end.current = handle.scrollSize - handle.viewportSize < END_PX
      handle.scrollToIndex(index, { align: 'center' })
    },
    [list, release],
  )
  const highlight = useJump(rows, jumpedTo, { toRow, touched })
  useReading({ conversation, rows, isAtEnd: isAtEnd && !isHeld })
  const shown = { rows, isShifting, isAtEnd, firstSeen, highlight }
  return { ...shown, onScroll, onResize, release, toEnd, toRow }
}

/** While rows come and go, what the list knows and where the scroller is aren't always of the same moment. */
function isNearEnd(handle: VirtualizerHandle, view: Element): boolean {
  const known = handle.scrollSize - handle.viewportSize - handle.scrollOffset
  return Math.max(known, view.scrollHeight - view.clientHeight - view.scrollTop) < END_PX
}

/** Whether somebody has had a hand in the scrolling just now. */
function useTouched({ scroller }: TimelineRefs): () => boolean {
  const atMs = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    const element = scroller.current
    const touch = (): void => {
      atMs.current = systemClock.monotonic()
    }
    for (const kind of HANDS) element?.addEventListener(kind, touch, { passive: true })
    return () => {
      for (const kind of HANDS) element?.removeEventListener(kind, touch)
    }
  }, [scroller])
  return useCallback(() => systemClock.monotonic() - atMs.current < TOUCH_MS, [])
}

const HANDS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const
/** A flick goes on so long. */
const TOUCH_MS = 1500

/** Tells the client what is on the screen, and has gaps filled that come near. */
function useLook(
  conversation: string,
  rows: readonly Row[],
): (first: number, last: number, isAtEnd: boolean) => void {
  const { tell } = useChat()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const latest = useLatest(rows)
  // By their keys: what comes and goes before one is told gives them other indexes.
  const seen = useRef<Seen>({ first: undefined, last: undefined, isAtEnd: true })
  const lookedAtMs = useRef(Number.NEGATIVE_INFINITY)
  const run = useCallback(() => {
    timer.current = undefined
    lookedAtMs.current = systemClock.monotonic()
    const look = lookAt(latest.current, seen.current)
    if (look === undefined) return
    const { at, gaps, isAtEnd } = look
    const looking = at === undefined ? {} : { at }
    if (isAtEnd || at !== undefined) tell({ kind: 'look', conversation, ...looking })
    for (const gap of gaps) tell({ kind: 'fill', conversation, ...gap, ...looking })
  }, [conversation, tell, latest])
  // The first of many turns asks at once: what is missing is there before one is.
  const look = useCallback(() => {
    const inMs = lookedAtMs.current + LOOK_MS - systemClock.monotonic()
    timer.current ??= setTimeout(run, Math.max(0, inMs))
  }, [run])
  // A gap that comes into being in view is seen without scrolling.
  useEffect(look, [rows, look])
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(
    (first, last, isAtEnd) => {
      const [from, to] = [latest.current[first]?.key, latest.current[last]?.key]
      seen.current = { first: from, last: to, isAtEnd }
      look()
    },
    [look, latest],
  )
}

/** The row that was jumped to, when it is there: it comes with another frame than the word that it does. */
function useJump(
  rows: readonly Row[],
  jumpedTo: JumpedTo | undefined,
  { toRow, touched }: { readonly toRow: (index: number) => void; readonly touched: () => boolean },
): string | undefined {
  const latest = useLatest(rows)
  const done = useRef(0)
  const [highlight, setHighlight] = useState<string>()
  useEffect(() => {
    if (jumpedTo === undefined || done.current === jumpedTo.count) return
    const index = rows.findIndex(({ key }) => key === jumpedTo.item)
    if (index < 0) return
    done.current = jumpedTo.count
    toRow(index)
    requestAnimationFrame(() => setHighlight(jumpedTo.item))
    // Rows around it are measured now, and move it.
    for (const afterMs of ALIGN_MS) {
      setTimeout(() => {
        const now = latest.current.findIndex(({ key }) => key === jumpedTo.item)
        if (now >= 0 && !touched()) toRow(now)
      }, afterMs)
    }
    setTimeout(() => setHighlight(undefined), HIGHLIGHT_MS)
  }, [rows, jumpedTo, toRow, latest, touched])
  return highlight
}
