import { useId, useLayoutEffect, useRef, type ReactElement, type ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'

interface ModalProps {
  readonly title: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
  readonly className?: string
}

/** The browser's own dialog: it keeps the focus inside, closes with Esc, and gives the focus back. */
export function Modal({ title, onClose, children, className = '' }: ModalProps): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const { t } = useSettings()
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // The way out is first, but what one came for is not that.
    element?.querySelector<HTMLElement>('.dialog-head ~ * :is(input, textarea)')?.focus()
    element?.querySelector<HTMLElement>('.dialog-head ~ :is(input, textarea)')?.focus()
    return () => element?.close()
  }, [])
  return (
    // The keys that close it are the browser's: this is for the pointer.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div className="dialog-content">
        <header className="dialog-head">
          <h2 id={titleId}>{title}</h2>
          <button
            type="button"
            className="button plain icon"
            aria-label={t('close')}
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
