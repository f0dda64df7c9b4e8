import { useId, type ReactElement } from 'react'
import { safeText } from '../../shared/safe-text.ts'
import type { Blank } from './order.ts'
import { useSettings } from './settings.tsx'

interface OrderBlankProps {
  readonly blank: Blank
  readonly value: string
  readonly onChange: (value: string) => void
}

export function OrderBlank({ blank, value, onChange }: OrderBlankProps): ReactElement {
  const { t } = useSettings()
  const id = useId()
  if (blank.kind === 'check') {
    return (
      <label className="check">
        <input
          type="checkbox"
          checked={value !== ''}
          onChange={(event) => onChange(event.target.checked ? 'yes' : '')}
        />
        {t(blank.label)}
      </label>
    )
  }
  const hintId = blank.hint === undefined ? undefined : `${id}-hint`
  return (
    <div className="field">
      <label htmlFor={id}>{t(blank.label)}</label>
      <Entry blank={blank} value={value} onChange={onChange} id={id} hintId={hintId} />
      {blank.hint !== undefined && <small id={hintId}>{t(blank.hint)}</small>}
    </div>
  )
}

function Entry({
  blank,
  value,
  onChange,
  id,
  hintId,
}: OrderBlankProps & { readonly id: string; readonly hintId: string | undefined }): ReactElement {
  const { t } = useSettings()
  const common = {
    id,
    className: 'input',
    name: blank.name,
    value,
    required: blank.isRequired === true,
    'aria-describedby': hintId,
  }
  switch (blank.kind) {
    case 'choice':
      return (
        <select {...common} onChange={(event) => onChange(event.target.value)}>
          {(blank.choices ?? []).map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label === undefined ? safeText(choice.text ?? '') : t(choice.label)}
            </option>
          ))}
        </select>
      )
    case 'long':
      return <textarea {...common} dir="auto" onChange={(event) => onChange(event.target.value)} />
    default:
      return (
        <input
          {...common}
          type={blank.kind === 'password' ? 'password' : 'text'}
          autoComplete={blank.kind === 'password' ? 'new-password' : 'off'}
          onChange={(event) => onChange(event.target.value)}
        />
      )
  }
}
