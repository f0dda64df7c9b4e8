import { useState, type FormEvent, type ReactElement } from 'react'
import { RoleField, TextField } from './fields.tsx'
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
  // Passwords are proved with what browsers have only there. https://w3c.github.io/webcrypto/#Crypto-interface
  const isBarred = way !== 'guest' && !isSecureContext
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isWorking) onEnter(entryOf(way, filled))
  }
  return (
    <form className="welcome-form" onSubmit={submit}>
      {isBarred && <p className="problem">{t('needsHttps')}</p>}
      <TextField
        label={t(way === 'logIn' ? 'accountName' : 'yourName')}
        hint={t('nameHint')}
        value={filled.nick}
        onChange={(nick) => fill({ nick })}
        input={NAME_INPUT}
      />
      {way !== 'guest' && (
        <PasswordField
          way={way}
          password={filled.password}
          hasCode={way === 'signUp' && filled.invitation !== ''}
          onChange={(password) => fill({ password })}
        />
      )}
      {way === 'signUp' && (
        <TextField
          label={t('invitationCode')}
          hint={t('invitationHint')}
          value={filled.invitation}
          onChange={(code) => fill({ invitation: code.trim() })}
          input={{ autoComplete: 'off', spellCheck: false }}
        />
      )}
      {way !== 'logIn' && <RoleField role={filled.role} onChange={(role) => fill({ role })} />}
      <Stays way={way} stays={filled.stays} onChange={(stays) => fill({ stays })} />
      <button type="submit" className="button primary" disabled={isWorking || isBarred}>
        {t(ENTER_TEXTS[way])}
      </button>
    </form>
  )
}

interface PasswordFieldProps {
  readonly way: Way
  readonly password: string
  readonly hasCode: boolean
  readonly onChange: (password: string) => void
}

/** A code goes behind the password, which can't have spaces then: docs/invitations.md. */
function PasswordField({ way, password, hasCode, onChange }: PasswordFieldProps): ReactElement {
  const { t } = useSettings()
  return (
    <TextField
      label={t('password')}
      value={password}
      onChange={onChange}
      {...(hasCode ? { hint: t('passwordHint') } : {})}
      input={{
        type: 'password',
        required: true,
        autoComplete: way === 'logIn' ? 'current-password' : 'new-password',
        ...(hasCode ? { pattern: '\\S+', title: t('passwordHint') } : {}),
      }}
    />
  )
}

interface StaysProps {
  readonly way: Way
  readonly stays: boolean
  readonly onChange: (stays: boolean) => void
}

function Stays({ way, stays, onChange }: StaysProps): ReactElement {
  const { t } = useSettings()
  return (
    <label className="check">
      <input type="checkbox" checked={stays} onChange={({ target }) => onChange(target.checked)} />
      <span>{t(way === 'guest' ? 'rememberMe' : 'stayLoggedIn')}</span>
    </label>
  )
}

const NAME_INPUT = {
  required: true,
  maxLength: 32,
  pattern: '[^\\s,:#&@!*?]+',
  autoComplete: 'username',
  autoCapitalize: 'none',
  spellCheck: false,
}

const ENTER_TEXTS = { guest: 'comeIn', logIn: 'logIn', signUp: 'makeAccount' } as const

function entryOf(way: Way, { nick, role, password, invitation, stays }: Filled): Entry {
  const name = nick.trim()
  const base: Identity = { nick: name, stays, ...(role.trim() === '' ? {} : { role: role.trim() }) }
  if (way === 'guest') return { identity: base }
  if (way === 'logIn') return { identity: { nick: name, stays, account: name }, password }
  // The account isn't there yet: the first connection is a guest's.
  return {
    identity: base,
    signUp: { password, ...(invitation === '' ? {} : { invitation }) },
  }
}
