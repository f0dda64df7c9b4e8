import { useEffect } from 'react'
import { VIEWS } from './view-names.ts'

/** `/` goes to the filter of a view, a digit to a view. Not while somebody types, or a dialog is open. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return
      const view = VIEWS[Number(event.key) - 1]
      if (view !== undefined) location.hash = `#/${view}`
      else if (event.key === '/') {
        event.preventDefault()
        document.querySelector<HTMLElement>('[data-filter]')?.focus()
      }
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]') !== null) return true
  return target instanceof Element && target.matches('input, textarea, select')
}
