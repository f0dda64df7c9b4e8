import { useCallback, useEffect, useState } from 'react'
import type { Answer } from '../feed/api.ts'
import { useConsole, useMonitor } from './console-context.tsx'
import { useSettings } from './settings.tsx'

export interface Fresh<Value> {
  readonly value: Value | undefined
  /** What was asked for is not there (any more). */
  readonly isGone: boolean
  readonly refusal: string | undefined
  readonly reload: () => void
}

/** Asks for something of the API and, with `everyMs`, again and again while the server is there. */
export function useFresh<Value>(path: string, everyMs?: number, first?: Value): Fresh<Value> {
  const { api } = useConsole()
  const { refusal } = useSettings()
  const isAway = useMonitor(({ link }) => link.kind === 'away')
  const [answer, setAnswer] = useState<Answer<Value>>()
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (isAway) return undefined
    let isWanted = true
    const load = async (): Promise<void> => {
      const got = await api.get<Value>(path)
      if (!got.ok && got.status === 404) clearInterval(timer)
      if (isWanted) setAnswer((had) => (!got.ok && got.status === 0 ? had : got))
    }
    const timer = everyMs === undefined ? undefined : setInterval(() => void load(), everyMs)
    void load()
    return () => {
      isWanted = false
      clearInterval(timer)
    }
  }, [api, path, everyMs, isAway, turn])
  const [last, setLast] = useState(first)
  if (answer?.ok === true && answer.value !== last) setLast(answer.value)
  const failed = answer?.ok === false ? answer : undefined
  return {
    value: last,
    isGone: failed?.status === 404,
    refusal: failed && refusal(failed),
    reload: useCallback(() => setTurn((before) => before + 1), []),
  }
}
