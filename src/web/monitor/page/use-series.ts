import { useEffect, useState } from 'react'
import type { Series } from '../../../monitor/figures.ts'
import { useConsole, useMonitor } from './console-context.tsx'

const MINUTE_MS = 60_000

/** What the server remembers; asked anew when it comes back, and minutes each minute. */
export function useSeries(stepMs: Series['stepMs']): Series | undefined {
  const { api } = useConsole()
  const [series, setSeries] = useState<Series>()
  const liveSinceMs = useMonitor(({ link }) => (link.kind === 'live' ? link.sinceMs : undefined))
  useEffect(() => {
    if (liveSinceMs === undefined) return undefined
    let isWanted = true
    const load = async (): Promise<void> => {
      const step = stepMs === MINUTE_MS ? 'minute' : 'second'
      const answer = await api.get<Series>(`/series?step=${step}`)
      if (isWanted && answer.ok) setSeries(answer.value)
    }
    void load()
    const timer = stepMs === MINUTE_MS ? setInterval(() => void load(), MINUTE_MS) : undefined
    return () => {
      isWanted = false
      clearInterval(timer)
    }
  }, [api, stepMs, liveSinceMs])
  return series?.stepMs === stepMs ? series : undefined
}
