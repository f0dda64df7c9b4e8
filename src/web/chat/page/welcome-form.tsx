import { useId, useState, type FormEvent, type ReactElement } from 'react'
import { KNOWN_ROLES } from '../state/person-look.ts'
import { Icon } from './icon.tsx'
import { rememberedIdentity, type Identity } from './identity.ts'
import { useSettings } from './settings.tsx'
import type { Entry } from './welcome.tsx'

export type Way = 'guest' | 'logIn' | 'signUp'

interface WelcomeFormProps {
  readonly way: Way
  readonly invitation: string | undefined
  readonly isWorking: boolean
  readonly onEnter: (entry: Entry) => void
}

interface Filled {
  readonly nick: string
  readonly role: string
  readonly password: string
  readonly invitation: string
  readonly stays: boolean
}

export function WelcomeForm({
  way,
  invitation = '',
  isWorking,
  onEnter,
}: WelcomeFormProps): ReactElement {
  const { t } = useSettings()
  const [filled, setFilled] = useState<Filled>(() => {
    const { nick = '', role = '', stays = true } = rememberedIdentity() ?? {}
    return { nick, role, password: '', invitation, stays }
  })
  const fill = (more: Partial<Filled>): void => setFilled((before) => ({ ...before, ...more }))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isWorking) onEnter(entryOf(way, filled))
  }
  return (
    <form className="welcome-form" onSubmit={submit}>
      <Field label={t(way === 'logIn' ? 'accountName' : 'yourName')} hint={t('nameHint')}>
        {(id) => (
          <input
            id={id}
            className="input"
            value={filled.nick}
            required
            maxLength={32}
            pattern="[^\s,:#&@!*?]+"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            aria-describedby={`${id}-hint`}
            onChange={({ target }) => fill({ nick: target.value })}
          />
        )}
      </Field>
      {way !== 'guest' && (
        <Field label={t('password')}>
          {(id) => (
            <input
              id={id}
              className="input"
              type="password"
              value={filled.password}
              required
              autoComplete={way === 'logIn' ? 'current-password' : 'new-password'}
              onChange={({ target }) => fill({ password: target.value })}
            />
          )}
        </Field>
      )}
      {way === 'signUp' && (
        <Field label={t('invitationCode')} hint={t('invitationHint')}>
          {(id) => (
            <input
              id={id}
              className="input mono"
              value={filled.invitation}
              autoComplete="off"
              spellCheck={false}
              aria-describedby={`${id}-hint`}
              onChange={({ target }) => fill({ invitation: target.value.trim() })}
            />
          )}
        </Field>
      )}
      {way !== 'logIn' && <RoleField role={filled.role} onChange={(role) => fill({ role })} />}
      <label className="check">
        <input
          type="checkbox"
          checked={filled.stays}
          onChange={({ target }) => fill({ stays: target.checked })}
        />
        <span>{t(way === 'guest' ? 'rememberMe' : 'stayLoggedIn')}</span>
      </label>
      <button type="submit" className="button primary" disabled={isWorking}>
        {t(ENTER_TEXTS[way])}
      </button>
    </form>
  )
}

const ENTER_TEXTS = { guest: 'comeIn', logIn: 'logIn', signUp: 'makeAccount' } as const

function entryOf(way: Way, { nick, role, password, invitation, stays }: Filled): Entry {
  const name = nick.trim()
  const base: Identity = { nick: name, stays, ...(role.trim() === '' ? {} : { role: role.trim() }) }
  if (way === 'guest') return { identity: base }
  if (way === 'logIn') return { identity: { nick: name, stays, account: name, password } }
  // The account isn't there yet: the first connection is a guest's.
  return {
    identity: base,
    signUp: { password, ...(invitation === '' ? {} : { invitation }) },
  }
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
