import { useSyncExternalStore } from 'react'
import { viewOfHash, type ViewName } from './view-names.ts'

/** The view that the address bar names, so that the browser's Back and a reload do what one expects. */
export function useView(): ViewName {
  return useSyncExternalStore(
    (listener) => {
      addEventListener('hashchange', listener)
      return () => removeEventListener('hashchange', listener)
    },
    () => viewOfHash(location.hash),
  )
}
