import type { ReactElement } from 'react'
import { DENSITIES, useSettings } from './settings.tsx'

export function DensityField(): ReactElement {
  const { t, density, set } = useSettings()
  return (
    <label className="look">
      {t('density')}
      <select
        className="select"
        value={density}
        onChange={({ target }) =>
          set('density', DENSITIES.find((one) => one === target.value) ?? 'comfortable')
        }
      >
        {DENSITIES.map((one) => (
          <option key={one} value={one}>
            {t(one)}
          </option>
        ))}
      </select>
    </label>
  )
}
