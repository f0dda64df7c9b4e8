import { useEffect, useState } from 'react'
import type { Series } from '../../../feed/figures.ts'
import type { Api } from '../feed/api.ts'
import { useConsole, useMonitor } from './console-context.tsx'

const MINUTE_MS = 60_000

/** What was asked for last, so that a view that is opened again has something to draw at once. */
const known = new WeakMap<Api, Map<Series['stepMs'], Series>>()

/** What the server remembers; asked anew when it comes back, and minutes each minute. */
export function useSeries(stepMs: Series['stepMs']): Series | undefined {
  const { api } = useConsole()
  const [series, setSeries] = useState(() => known.get(api)?.get(stepMs))
  const liveSinceMs = useMonitor(({ link }) => (link.kind === 'live' ? link.sinceMs : undefined))
  useEffect(() => {
    if (liveSinceMs === undefined) return undefined
    let isWanted = true
    const load = async (): Promise<void> => {
      const step = stepMs === MINUTE_MS ? 'minute' : 'second'
      const answer = await api.get<Series>(`/series?step=${step}`)
      if (!isWanted || !answer.ok) return
      remember(api, answer.value)
      setSeries(answer.value)
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

function remember(api: Api, series: Series): void {
  const ofApi = known.get(api) ?? new Map<Series['stepMs'], Series>()
  known.set(api, ofApi.set(series.stepMs, series))
}
