import { useId, type ReactElement, type ReactNode } from 'react'
import { NativeDialog } from '../../shared/page/native-dialog.tsx'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'

interface ModalProps {
  readonly title: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
  readonly className?: string
}

export function Modal({ title, onClose, children, className = '' }: ModalProps): ReactElement {
  const titleId = useId()
  const { t } = useSettings()
  return (
    <NativeDialog
      className={`dialog ${className}`}
      titleId={titleId}
      onClose={onClose}
      onOpen={focusFirstField}
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
    </NativeDialog>
  )
}

/** The way out is first, but what one came for is not that. */
function focusFirstField(dialog: HTMLDialogElement): void {
  dialog.querySelector<HTMLElement>('.dialog-head ~ * :is(input, textarea)')?.focus()
  dialog.querySelector<HTMLElement>('.dialog-head ~ :is(input, textarea)')?.focus()
}
