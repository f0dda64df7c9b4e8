import { useId, type ReactElement, type ReactNode } from 'react'
import { NativeDialog } from '../../shared/page/native-dialog.tsx'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'

interface ModalProps {
  readonly kind: 'dialog' | 'drawer'
  readonly title: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Modal({ kind, title, onClose, children }: ModalProps): ReactElement {
  const titleId = useId()
  const { t } = useSettings()
  return (
    <NativeDialog className={kind} titleId={titleId} onClose={onClose}>
      {kind === 'drawer' ? (
        <>
          <header className="drawer-head">
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
          <div className="drawer-body">{children}</div>
        </>
      ) : (
        <div className="dialog-content">
          <h2 id={titleId}>{title}</h2>
          {children}
        </div>
      )}
    </NativeDialog>
  )
}
