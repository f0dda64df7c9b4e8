import { useState, type ReactElement } from 'react'
import { LookFields } from '../../shared/page/look-fields.tsx'
import { useChat } from './chat-context.tsx'
import { DensityField } from './density-field.tsx'
import { Modal } from './modal.tsx'
import { useSettings } from './settings.tsx'
import { playCall } from './sound.ts'

/** How the page looks, and how it calls. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const settings = useSettings()
  const { t, sounds, quiet, set } = settings
  const { open } = useChat()
  return (
    <Modal title={t('settings')} onClose={onClose}>
      <section className="looks">
        <h3>{t('looks')}</h3>
        <LookFields {...settings} />
        <DensityField />
      </section>
      <section className="looks">
        <h3>{t('notifications')}</h3>
        <NotificationConsent />
        <label className="check">
          <input
            type="checkbox"
            checked={sounds === 'on'}
            onChange={({ target }) => {
              set('sounds', target.checked ? 'on' : 'off')
              if (target.checked) playCall()
            }}
          />
          <span>{t('soundsWanted')}</span>
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={quiet === 'on'}
            onChange={({ target }) => set('quiet', target.checked ? 'on' : 'off')}
          />
          <span>{t('doNotDisturb')}</span>
        </label>
      </section>
      <div className="actions">
        <button type="button" className="button" onClick={() => open({ kind: 'shortcuts' })}>
          {t('shortcuts')}
        </button>
      </div>
    </Modal>
  )
}

/** The browser is asked when somebody wants it, and never before. */
function NotificationConsent(): ReactElement {
  const { t, notifications, set } = useSettings()
  const [permission, setPermission] = useState(() =>
    'Notification' in globalThis ? Notification.permission : 'denied',
  )
  const choose = async (isWanted: boolean): Promise<void> => {
    if (!isWanted) return set('notifications', 'off')
    const answer = permission === 'granted' ? permission : await Notification.requestPermission()
    setPermission(answer)
    return set('notifications', answer === 'granted' ? 'on' : 'off')
  }
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={notifications === 'on' && permission === 'granted'}
          disabled={permission === 'denied'}
          onChange={({ target }) => void choose(target.checked)}
        />
        <span>{t('notificationsWanted')}</span>
      </label>
      {permission === 'denied' && <p className="hint">{t('notificationsDenied')}</p>}
    </>
  )
}
