import type { ReactElement, ReactNode } from 'react'
import type { TextKey } from '../state/texts.ts'
import { Icon, type IconName } from './icon.tsx'
import { useSettings } from './settings.tsx'

interface EmptyProps {
  readonly icon: IconName
  readonly title: TextKey
  readonly more?: TextKey
  readonly children?: ReactNode
}

/** What stands where there is nothing. */
export function Empty({ icon, title, more, children }: EmptyProps): ReactElement {
  const { t } = useSettings()
  return (
    <div className="empty">
      <Icon name={icon} />
      <strong>{t(title)}</strong>
      {more !== undefined && <p>{t(more)}</p>}
      {children}
    </div>
  )
}
