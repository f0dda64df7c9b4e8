import type { ReactElement } from 'react'
import { shownName } from '../state/person-look.ts'
import { Avatar, RoleBadge } from './avatar.tsx'
import { useChat, useModel } from './chat-context.tsx'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** Who one is here, and the way to what one may change about it. */
export function OwnCard(): ReactElement {
  const { t, quiet, set } = useSettings()
  const { open } = useChat()
  const self = useModel((model) => model.self)
  const state = useModel((model) => model.connection.state)
  const status =
    state !== 'online' ? t('notOnline') : self.away === undefined ? t('here') : t('away')
  return (
    <footer className="own">
      <button
        type="button"
        className="own-card"
        title={t('yourAccount')}
        onClick={() => open({ kind: 'account' })}
      >
        <span className="visually-hidden">{t('yourAccount')}: </span>
        <span className="avatar-place">
          <Avatar person={self} />
          <span className={`presence ${presenceOf(state, self.away)}`} />
        </span>
        <span className="own-text">
          <span className="own-name ellipsis">
            <Untrusted text={shownName(self)} />
          </span>
          <span className="own-more">
            {self.metadata['role'] === undefined ? (
              status
            ) : (
              <RoleBadge role={self.metadata['role']} />
            )}
          </span>
        </span>
      </button>
      <button
        type="button"
        className="button plain icon"
        aria-pressed={quiet === 'on'}
        aria-label={t('doNotDisturb')}
        title={t('doNotDisturb')}
        onClick={() => set('quiet', quiet === 'on' ? 'off' : 'on')}
      >
        <Icon name={quiet === 'on' ? 'bellOff' : 'bell'} />
      </button>
      <button
        type="button"
        className="button plain icon"
        aria-label={t('settings')}
        title={t('settings')}
        onClick={() => open({ kind: 'settings' })}
      >
        <Icon name="settings" />
      </button>
    </footer>
  )
}

function presenceOf(state: string, away: string | undefined): string {
  if (state !== 'online') return 'gone'
  return away === undefined ? 'here' : 'away'
}
