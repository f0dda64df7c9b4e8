import { useState, type ReactElement } from 'react'
import { shownName } from '../state/person-look.ts'
import { AskForm } from './ask-form.tsx'
import { Avatar, RoleBadge } from './avatar.tsx'
import { useChat, useModel } from './chat-context.tsx'
import { Icon } from './icon.tsx'
import { rememberedIdentity, rememberIdentity } from './identity.ts'
import { Modal } from './modal.tsx'
import { RegisterForm } from './register-form.tsx'
import { useSettings } from './settings.tsx'
import { Sentence } from './sentence.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import { RoleField, TextField } from './fields.tsx'

/** What one says of oneself, one's account, and the way out. */
export function AccountDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useSettings()
  const { tell, leave } = useChat()
  const self = useModel((model) => model.self)
  const can = useModel((model) => model.server.can)
  const isAway = self.away !== undefined
  return (
    <Modal title={t('yourAccount')} className="is-wide" onClose={onClose}>
      <div className="person-card">
        <Avatar person={self} size="l" />
        <div>
          <h3>
            <Untrusted text={shownName(self)} />
          </h3>
          <p className="muted">
            {self.account === undefined ? (
              t('guest')
            ) : (
              <Sentence text="loggedInAs" parts={{ who: <Untrusted text={self.account} /> }} />
            )}
          </p>
          {self.account !== undefined && <StaysHere />}
          <RoleBadge role={self.metadata['role']} />
        </div>
      </div>
      {can.metadata && <AboutForm onClose={onClose} />}
      {self.account === undefined && can.register && <RegisterForm />}
      <div className="actions">
        <button
          type="button"
          className="button"
          onClick={() => tell(isAway ? { kind: 'away' } : { kind: 'away', text: t('away') })}
        >
          <Icon name="clock" />
          {t(isAway ? 'beBack' : 'beAway')}
        </button>
        <button
          type="button"
          className="button danger"
          onClick={() => {
            onClose()
            leave()
          }}
        >
          <Icon name="out" />
          {t('logOut')}
        </button>
      </div>
    </Modal>
  )
}

/** What happens when the page is opened again, so that nobody is surprised on a computer that isn't theirs. */
function StaysHere(): ReactElement {
  const { t } = useSettings()
  const { device } = rememberedIdentity() ?? {}
  return (
    <p className="muted">
      {device === undefined ? t('asksAgain') : t('staysHere', { device: device.label })}
    </p>
  )
}

function AboutForm({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useSettings()
  const { tell } = useChat()
  const { metadata, nick } = useModel((model) => model.self)
  const [name, setName] = useState(metadata['display-name'] ?? '')
  const [status, setStatus] = useState(metadata['status'] ?? '')
  const [role, setRole] = useState(metadata['role'] ?? '')
  const [color, setColor] = useState(metadata['color'] ?? '')
  const save = (key: string, value: string): void => {
    if ((metadata[key] ?? '') === value.trim()) return
    tell({ kind: 'setMetadata', key, ...(value.trim() === '' ? {} : { value: value.trim() }) })
  }
  return (
    <AskForm
      submit={t('save')}
      onSubmit={() => {
        save('display-name', name)
        save('status', status)
        save('role', role)
        save('color', color)
        const identity = rememberedIdentity()
        if (identity !== undefined) rememberIdentity({ ...identity, role: role.trim() })
        return undefined
      }}
      onDone={onClose}
      onCancel={onClose}
    >
      <TextField
        label={t('displayName')}
        hint={t('displayNameHint', { nick })}
        value={name}
        onChange={setName}
        input={{ maxLength: 60, placeholder: nick }}
      />
      <TextField
        label={t('status')}
        value={status}
        onChange={setStatus}
        input={{ maxLength: 120, placeholder: t('statusHint') }}
      />
      <RoleField role={role} onChange={setRole} />
      <TextField
        label={t('ownColor')}
        value={/^#[0-9a-f]{6}$/i.test(color) ? color : '#0d6657'}
        onChange={setColor}
        input={{ type: 'color', className: 'input color-input' }}
      />
    </AskForm>
  )
}
