import type { ReactElement } from 'react'
import { useChat, useModel } from './chat-context.tsx'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** Where the address leads to what isn't open: a room can be joined, a person written to. */
export function Nowhere(): ReactElement {
  const { t } = useSettings()
  const { place, tell, open, setListOpen } = useChat()
  const prefixes = useModel((model) => model.server.roomPrefixes)
  const isOnline = useModel((model) => model.connection.state === 'online')
  const name = place?.name
  const isRoom = name !== undefined && (prefixes === '' ? '#&' : prefixes).includes(name.charAt(0))
  return (
    <div className="nowhere">
      <button
        type="button"
        className="button plain icon only-narrow nowhere-menu"
        aria-label={t('conversations')}
        onClick={() => setListOpen(true)}
      >
        <Icon name="menu" />
      </button>
      <div className="empty">
        <Icon name={isRoom ? 'room' : 'chat'} />
        <h1>{name === undefined ? t('nowhere') : <Untrusted text={name} />}</h1>
        <p>{t(isRoom ? 'notInRoom' : 'nowhereMore')}</p>
        <div className="actions">
          {isRoom && (
            <button
              type="button"
              className="button primary"
              disabled={!isOnline}
              onClick={() => tell({ kind: 'join', name })}
            >
              {t('join')}
            </button>
          )}
          {name !== undefined && !isRoom && (
            <button
              type="button"
              className="button primary"
              onClick={() => tell({ kind: 'open', nick: name })}
            >
              {t('writeTo')}
            </button>
          )}
          <button type="button" className="button" onClick={() => open({ kind: 'directory' })}>
            {t('directory')}
          </button>
        </div>
      </div>
    </div>
  )
}
