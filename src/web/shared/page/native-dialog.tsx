import { useLayoutEffect, useRef, type ReactElement, type ReactNode } from 'react'

interface NativeDialogProps {
  readonly className: string
  /** Of what names it. */
  readonly titleId: string
  readonly onClose: () => void
  /** When it has opened: to put the focus where one goes on. */
  readonly onOpen?: (element: HTMLDialogElement) => void
  readonly children: ReactNode
}

/** The browser's own dialog: it keeps the focus inside, closes with Esc, and gives the focus back. */
export function NativeDialog(props: NativeDialogProps): ReactElement {
  const { className, titleId, onClose, children } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const opened = useRef(props.onOpen)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    if (element !== null) opened.current?.(element)
    return () => element?.close()
  }, [])
  return (
    // The keys that close it are the browser's: this is for the pointer.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      className={className}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      {children}
    </dialog>
  )
}
