import { useEffect, type ReactElement } from 'react'
import type { Conversation } from '../../../client/model.ts'
import { barOf } from '../state/mode-sentence.ts'
import { useChat } from './chat-context.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** Who may not come in, or not speak; each can be undone. */
export function RoomBans({ room }: { readonly room: Conversation }): ReactElement {
  const { t, format } = useSettings()
  const { tell } = useChat()
  const { id } = room
  useEffect(() => tell({ kind: 'loadList', conversation: id, mode: 'b' }), [tell, id])
  const bans = room.lists['b']
  return (
    <section className="room-section" aria-label={t('bans')}>
      <h3>{t('bans')}</h3>
      {bans === undefined && <p className="muted">{t('loading')}</p>}
      {bans?.length === 0 && <p className="muted">{t('noBans')}</p>}
      <ul className="bans">
        {bans?.map(({ mask, setBy, setAtMs }) => {
          const { isMute, who } = barOf(mask)
          return (
            <li key={mask}>
              <span className="bans-text">
                <code title={mask}>
                  <Untrusted text={who} />
                </code>
                <span className="muted">
                  {t(isMute ? 'mayNotSpeak' : 'mayNotJoin')}
                  {setBy !== undefined && (
                    <>
                      {' · '}
                      <Untrusted text={setBy} />
                    </>
                  )}
                  {setAtMs !== undefined && ` · ${format.near(setAtMs)}`}
                </span>
              </span>
              <button
                type="button"
                className="button small"
                onClick={() => tell({ kind: 'unban', conversation: id, whom: mask })}
              >
                {t('undo')}
                <span className="visually-hidden">{mask}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
