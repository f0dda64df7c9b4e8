import type { ReactElement } from 'react'
import { ChoiceField } from '../../shared/page/choice-field.tsx'
import { DENSITIES, useSettings } from './settings.tsx'

export function DensityField(): ReactElement {
  const { t, density, set } = useSettings()
  return (
    <ChoiceField
      label={t('density')}
      value={density}
      choices={DENSITIES}
      onChoose={(chosen) => set('density', chosen)}
    >
      {(one) => t(one)}
    </ChoiceField>
  )
}
