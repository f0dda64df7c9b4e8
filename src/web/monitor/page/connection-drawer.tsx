import type { ReactElement } from 'react'
import type { ConnectionRow } from '../../../feed/view.ts'
import { Badges } from './connection-cells.tsx'
import { ConnectionFacts, TrafficFacts, WhoFacts } from './connection-facts.tsx'
import { useConsole, useMay } from './console-context.tsx'
import { Modal } from './modal.tsx'
import {
  banOrder,
  disconnectOrder,
  kickOrder,
  messageOrder,
  nameOf,
  silenceOrder,
} from './orders.ts'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import { useFresh } from './use-fresh.ts'

const AGAIN_MS = 2000

interface ConnectionDrawerProps {
  /** As it was in the table. */
  readonly first: ConnectionRow
  readonly onClose: () => void
}

/** All there is to know about a connection, and what can be done about it. */
export function ConnectionDrawer({ first, onClose }: ConnectionDrawerProps): ReactElement {
  const { t } = useSettings()
  const { value: row = first, isGone } = useFresh(
    `/connections/${first.connection}`,
    AGAIN_MS,
    first,
  )
  return (
    <Modal kind="drawer" title={<Untrusted text={nameOf(row)} />} onClose={onClose}>
      {isGone && (
        <p className="note" role="status">
          {t('gone')}
        </p>
      )}
      <p className="chips">
        <Badges row={row} />
      </p>
      {!isGone && <Actions row={row} />}
      <section className="drawer-section">
        <h3>{t('identity')}</h3>
        <WhoFacts row={row} />
      </section>
      <section className="drawer-section">
        <h3>{t('connection')}</h3>
        <ConnectionFacts row={row} />
      </section>
      <section className="drawer-section">
        <h3>{t('traffic')}</h3>
        <TrafficFacts row={row} />
      </section>
      <section className="drawer-section">
        <h3>{t('rooms')}</h3>
        <p className="chips">
          {row.rooms.length === 0 && <span className="muted">–</span>}
          {row.rooms.map((room) => (
            <span key={room} className="badge">
              <Untrusted text={room} />
            </span>
          ))}
        </p>
      </section>
    </Modal>
  )
}

function Actions({ row }: { readonly row: ConnectionRow }): ReactElement {
  const { t } = useSettings()
  const { ask } = useConsole()
  const may = useMay('moderate')
  if (!may) return <></>
  const { nick, rooms, isRegistered } = row
  return (
    <div className="actions" role="group" aria-label={t('actions')}>
      {isRegistered && (
        <button type="button" className="button" onClick={() => ask(messageOrder(row))}>
          {t('message')}
        </button>
      )}
      {nick !== undefined && rooms.length > 0 && (
        <button type="button" className="button" onClick={() => ask(kickOrder(nick, rooms))}>
          {t('kick')}
        </button>
      )}
      {isRegistered && (
        <button type="button" className="button" onClick={() => ask(silenceOrder(row))}>
          {t('silence')}
        </button>
      )}
      <button type="button" className="button" onClick={() => ask(disconnectOrder(row))}>
        {t('disconnect')}
      </button>
      <button type="button" className="button danger" onClick={() => ask(banOrder(row))}>
        {t('ban')}
      </button>
    </div>
  )
}
