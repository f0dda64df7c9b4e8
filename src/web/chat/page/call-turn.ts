import { useEffect } from 'react'
import { PAGE_ID } from './page-id.ts'
import { isLookedAt, onLook } from './looked-at.ts'

/** A page that is looked at holds a lock whose name begins so. */
const LOOKED_AT = 'maru.looked-at '
/** Ours: it may be let go a moment before it is known to be free. */
const OWN = `${LOOKED_AT}${PAGE_ID}`
/** All pages of a browser hear of a call within this. */
const TURN_MS = 10_000

/**
 * Whether this page is the one that calls for a message: several pages of a browser hear of it, and one calls,
 * or none while somebody looks at one of them. https://www.w3.org/TR/web-locks/
 */
export async function takesTurn(message: string): Promise<boolean> {
  if (isLookedAt()) return false
  // Pages that aren't secure have none, whatever the types say.
  const locks = navigator.locks as LockManager | undefined
  if (locks === undefined) return true
  const { held = [] } = await locks.query()
  const isElsewhere = held.some(({ name = '' }) => name.startsWith(LOOKED_AT) && name !== OWN)
  if (isElsewhere) return false
  return new Promise((resolve) => {
    void locks.request(`maru.call ${message}`, { ifAvailable: true }, async (lock) => {
      resolve(lock !== null)
      if (lock !== null) await new Promise((done) => setTimeout(done, TURN_MS))
    })
  })
}

/** Lets the other pages know while this one is looked at. */
export function useLookedAt(): void {
  useEffect(() => {
    const locks = navigator.locks as LockManager | undefined
    if (locks === undefined) return undefined
    let letGo: (() => void) | undefined
    const follow = (): void => {
      if (isLookedAt() === (letGo !== undefined)) return
      if (letGo !== undefined) {
        letGo()
        letGo = undefined
        return
      }
      const { promise, resolve } = Promise.withResolvers<void>()
      letGo = resolve
      void locks.request(OWN, () => promise)
    }
    follow()
    const stop = onLook(follow)
    return () => {
      stop()
      letGo?.()
    }
  }, [])
}
