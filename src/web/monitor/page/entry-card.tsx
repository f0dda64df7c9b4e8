import type { ReactElement, ReactNode } from 'react'
import { LookFields } from '../../shared/page/look-fields.tsx'
import { useSettings } from './settings.tsx'

/** The frame of what is seen before one is in. */
export function EntryCard({ children }: { readonly children: ReactNode }): ReactElement {
  const settings = useSettings()
  return (
    <main className="entry">
      <div className="entry-card">
        <div className="brand">
          <img src="/icon.svg" alt="" />
          Maru
        </div>
        {children}
        <div className="entry-foot settings">
          <LookFields {...settings} />
        </div>
      </div>
    </main>
  )
}
