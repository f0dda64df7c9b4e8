import { useLayoutEffect, useState } from 'react'
import type { Row } from '../state/rows.ts'
import { stepTowards } from '../state/steady-rows.ts'

interface SteadyRows {
  readonly rows: readonly Row[]
  /** Rows came or went at the beginning alone: what is seen stays where it is. */
  readonly isShifting: boolean
}

/**
 * The rows, in one step or in two. `pivot`: the key of the row that stays. Between the two the list hears where it has
 * been scrolled to, which is with the next frame: drawn anew before that, it would draw what was in view before.
 */
export function useSteadyRows(wanted: readonly Row[], pivot: () => string | undefined): SteadyRows {
  const [state, setState] = useState({ wanted, rows: wanted, isShifting: false })
  if (state.wanted !== wanted) {
    const step = stepTowards(state.rows, wanted, pivot())
    setState({ wanted, rows: step ?? wanted, isShifting: step !== undefined })
  }
  useLayoutEffect(() => {
    if (state.rows === state.wanted) return undefined
    const next = { wanted: state.wanted, rows: state.wanted, isShifting: false }
    const frame = requestAnimationFrame(() => setState((now) => (now === state ? next : now)))
    return () => cancelAnimationFrame(frame)
  }, [state])
  return state
}
