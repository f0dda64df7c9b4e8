import { useCallback, useEffect, useState } from 'react'
import type { Model } from '../../../client/model.ts'
import { hashOf, placeOf, type Place } from '../state/place.ts'
import { keep, kept } from './browser-memory.ts'
import type { ChatStore } from './chat-store.ts'
import { LANDING_ROOM } from './identity.ts'

const LAST = 'place'

/** Where one is, as the address says it. Without a word there: where one was last, else the landing room. */
export function usePlace(store: ChatStore): {
  readonly place: Place | undefined
  readonly go: (place: Place) => void
} {
  const [place, setPlace] = useState(() => placeOf(location.hash))
  useEffect(() => {
    const follow = (): void => setPlace(placeOf(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  useEffect(() => {
    if (place !== undefined) return keep(LAST, place.name)
    const first = firstPlace(store.model())
    if (first !== undefined) history.replaceState(null, '', hashOf(first))
    setPlace(first)
  }, [place, store])
  const go = useCallback((next: Place) => {
    const hash = hashOf(next)
    // The same message may be jumped to again.
    if (location.hash === hash) setPlace({ ...next })
    else location.hash = hash
  }, [])
  return { place, go }
}

function firstPlace(model: Model | undefined): Place {
  const names = [...(model?.conversations.values() ?? [])].map(({ name }) => name)
  const last = kept(LAST)
  return { name: names.find((name) => name === last) ?? names[0] ?? LANDING_ROOM }
}
