import { useLayoutEffect, useState } from 'react'
import type { Row } from '../state/rows.ts'
import { stepTowards } from '../state/steady-rows.ts'

interface SteadyRows {
  readonly rows: readonly Row[]
  /** Rows came or went at the beginning alone: what is seen stays where it is. */
  readonly isShifting: boolean
}

/** The rows, in one step or in two before the same frame. `pivot`: the key of the row that stays. */
export function useSteadyRows(wanted: readonly Row[], pivot: () => string | undefined): SteadyRows {
  const [state, setState] = useState({ wanted, rows: wanted, isShifting: false })
  if (state.wanted !== wanted) {
    const step = stepTowards(state.rows, wanted, pivot())
    setState({ wanted, rows: step ?? wanted, isShifting: step !== undefined })
  }
  useLayoutEffect(() => {
    if (state.rows !== state.wanted) {
      // oxlint-disable-next-line react/set-state-in-effect -- the second step, before anything is painted
      setState({ wanted: state.wanted, rows: state.wanted, isShifting: false })
    }
  }, [state])
  return state
}
