import { useId, type InputHTMLAttributes, type ReactElement } from 'react'
import { KNOWN_ROLES } from '../state/person-look.ts'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'

export interface TextFieldProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** What else the field is. */
  readonly input?: InputHTMLAttributes<HTMLInputElement>
}

/** A field of one line. */
export function TextField({ label, hint, value, onChange, input }: TextFieldProps): ReactElement {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(id) => (
        <input
          className="input"
          {...input}
          id={id}
          value={value}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}

interface FieldProps {
  readonly label: string
  readonly hint?: string
  readonly children: (id: string) => ReactElement
}

export function Field({ label, hint, children }: FieldProps): ReactElement {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  )
}

/** One of the trades that everybody knows, or one's own words. */
export function RoleField({
  role,
  onChange,
}: {
  readonly role: string
  readonly onChange: (role: string) => void
}): ReactElement {
  const { t } = useSettings()
  const id = useId()
  return (
    <fieldset className="role-field">
      <legend>{t('yourRole')}</legend>
      <div className="role-choices">
        {KNOWN_ROLES.map((known) => (
          <button
            key={known}
            type="button"
            className={`role-choice role-${known}`}
            aria-pressed={role === known}
            onClick={() => onChange(role === known ? '' : known)}
          >
            <Icon name={known} />
            {t(known)}
          </button>
        ))}
      </div>
      <label className="visually-hidden" htmlFor={id}>
        {t('ownRole')}
      </label>
      <input
        id={id}
        className="input"
        value={KNOWN_ROLES.some((known) => known === role) ? '' : role}
        placeholder={t('ownRole')}
        maxLength={60}
        onChange={({ target }) => onChange(target.value)}
      />
    </fieldset>
  )
}
