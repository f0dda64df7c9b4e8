import { useEffect, useLayoutEffect, useRef, type ReactElement, type ReactNode } from 'react'

interface PopupProps {
  /** Beside what it stands. */
  readonly anchor: HTMLElement
  readonly label: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly role?: 'dialog' | 'menu'
}

const EDGE = 8

/** In front of all, and gone with a click elsewhere or Esc: the browser sees to that. */
export function Popup({
  anchor,
  label,
  onClose,
  children,
  role = 'dialog',
}: PopupProps): ReactElement {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = place.current
    if (element === null) return
    element.showPopover()
    const at = anchor.getBoundingClientRect()
    const { width, height } = element.getBoundingClientRect()
    const isRoomBelow = at.bottom + height + EDGE < innerHeight
    const top = isRoomBelow ? at.bottom + 4 : at.top - height - 4
    const left = Math.min(at.right - width, innerWidth - width - EDGE)
    element.style.top = `${Math.max(EDGE, top)}px`
    element.style.left = `${Math.max(EDGE, left)}px`
    const first = element.querySelector<HTMLElement>('[data-first], input, button')
    first?.focus({ preventScroll: true })
  }, [anchor])
  useEffect(() => {
    const element = place.current
    const onToggle = (event: Event): void => {
      if ((event as ToggleEvent).newState !== 'closed') return
      // Only where the focus went nowhere by itself.
      if (document.activeElement === document.body) anchor.focus({ preventScroll: true })
      onClose()
    }
    element?.addEventListener('toggle', onToggle)
    return () => element?.removeEventListener('toggle', onToggle)
  }, [anchor, onClose])
  return (
    <div ref={place} className="popup" popover="auto" role={role} aria-label={label}>
      {children}
    </div>
  )
}
