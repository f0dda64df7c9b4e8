import type { ReactElement } from 'react'
import type { TextKey } from '../state/texts.ts'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'

interface SearchFieldProps {
  readonly label: TextKey
  readonly value: string
  readonly onChange: (value: string) => void
}

/** The filter of a view: `/` goes to it, Esc empties and leaves it. */
export function SearchField({ label, value, onChange }: SearchFieldProps): ReactElement {
  const { t } = useSettings()
  return (
    <div className="search">
      <Icon name="search" />
      <input
        className="input"
        type="text"
        inputMode="search"
        enterKeyHint="search"
        data-filter=""
        dir="auto"
        spellCheck={false}
        autoCapitalize="none"
        maxLength={200}
        aria-label={t(label)}
        placeholder={t(label)}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          if (value === '') event.currentTarget.blur()
          onChange('')
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
  )
}
