import { useState, type ReactElement } from 'react'
import { AskForm } from './ask-form.tsx'
import { useChat, useModel } from './chat-context.tsx'
import { rememberedIdentity, rememberIdentity } from './identity.ts'
import { makeDevice } from './make-device.ts'
import { useSettings } from './settings.tsx'
import { TextField } from './fields.tsx'
import type { WorkerLink } from './worker-link.ts'

/** Makes an account of the name that a guest has, so that nobody else can take it. */
export function RegisterForm(): ReactElement {
  const { t } = useSettings()
  const { ask, notify } = useChat()
  const nick = useModel((model) => model.self.nick)
  const needsEmail = useModel((model) => model.server.can.registerNeedsEmail)
  const [filled, setFilled] = useState({ password: '', email: '', invitation: '' })
  const fill = (more: Partial<typeof filled>): void => setFilled({ ...filled, ...more })
  const { password, email, invitation } = filled
  return (
    <details className="register">
      <summary>{t('keepYourName')}</summary>
      <AskForm
        submit={t('makeAccount')}
        onSubmit={() =>
          ask({
            kind: 'register',
            password,
            ...(email === '' ? {} : { email }),
            ...(invitation === '' ? {} : { invitation }),
          })
        }
        onDone={() => {
          void remember(nick, ask)
          notify({ text: t('accountMade', { who: nick }), tone: 'good' })
        }}
        onCancel={() => fill({ password: '', email: '', invitation: '' })}
      >
        <p className="muted">{t('keepYourNameMore')}</p>
        <TextField
          label={t('password')}
          value={password}
          onChange={(value) => fill({ password: value })}
          input={{
            type: 'password',
            required: true,
            autoComplete: 'new-password',
            ...(invitation === '' ? {} : { pattern: '\\S+', title: t('passwordHint') }),
          }}
        />
        {needsEmail && (
          <TextField
            label={t('email')}
            value={email}
            onChange={(value) => fill({ email: value })}
            input={{ type: 'email', required: true }}
          />
        )}
        <TextField
          label={t('invitationCode')}
          hint={t('invitationHint')}
          value={invitation}
          onChange={(value) => fill({ invitation: value.trim() })}
        />
      </AskForm>
    </details>
  )
}

/** Who stays here needs no password from now on. */
async function remember(nick: string, ask: WorkerLink['ask']): Promise<void> {
  const { stays = false, role } = rememberedIdentity() ?? {}
  const device = stays ? await makeDevice(ask) : undefined
  rememberIdentity({
    nick,
    stays,
    account: nick,
    ...(role === undefined ? {} : { role }),
    ...(device === undefined ? {} : { device }),
  })
}
