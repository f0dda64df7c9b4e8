import { useCallback, useEffect, useState } from 'react'
import type { Model } from '../../../client/model.ts'
import { hashOf, placeOf, type Place } from '../state/place.ts'
import { keep, kept } from '../../shared/page/browser-memory.ts'
import type { ChatStore } from './chat-store.ts'
import { landingRoom } from './server-facts.ts'

const LAST = 'place'

/** Where one is, as the address says it. Without a word there: where one was last, else the landing room. */
export function usePlace(store: ChatStore): {
  readonly place: Place | undefined
  readonly go: (place: Place) => void
} {
  const [place, setPlace] = useState(() => placeNow(store))
  useEffect(() => {
    const follow = (): void => setPlace(placeNow(store))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [store])
  useEffect(() => {
    if (place === undefined) return
    keep(LAST, place.name)
    if (placeOf(location.hash) === undefined) history.replaceState(null, '', hashOf(place))
  }, [place])
  const go = useCallback((next: Place) => {
    const hash = hashOf(next)
    // The same message may be jumped to again.
    if (location.hash === hash) setPlace({ ...next })
    else location.hash = hash
  }, [])
  return { place, go }
}

function placeNow(store: ChatStore): Place | undefined {
  return placeOf(location.hash) ?? firstPlace(store.model())
}

function firstPlace(model: Model | undefined): Place | undefined {
  const names = [...(model?.conversations.values() ?? [])].map(({ name }) => name)
  const last = kept(LAST)
  const name = names.find((one) => one === last) ?? names[0] ?? landingRoom()
  return name === undefined ? undefined : { name }
}
