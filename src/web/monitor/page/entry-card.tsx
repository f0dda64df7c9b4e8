import type { ReactElement, ReactNode } from 'react'
import { SettingsFields } from './settings-fields.tsx'

/** The frame of what is seen before one is in. */
export function EntryCard({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <main className="entry">
      <div className="entry-card">
        <div className="brand">
          <img src="/icon.svg" alt="" />
          Maru
        </div>
        {children}
        <div className="entry-foot settings">
          <SettingsFields />
        </div>
      </div>
    </main>
  )
}
