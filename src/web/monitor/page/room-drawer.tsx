import type { ReactElement } from 'react'
import { Virtualizer } from 'virtua'
import type { RoomMember, RoomRow } from '../../../feed/view.ts'
import { useConsole, useMay } from './console-context.tsx'
import { Modal } from './modal.tsx'
import { kickOrder } from './orders.ts'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import { useFresh } from './use-fresh.ts'

const AGAIN_MS = 3000

interface RoomDrawerProps {
  readonly room: RoomRow
  readonly onClose: () => void
}

/** A room and who is in it. */
export function RoomDrawer({ room, onClose }: RoomDrawerProps): ReactElement {
  const { t, format } = useSettings()
  const { name, topic, founder, createdAtMs } = room
  const { value, isGone } = useFresh<readonly RoomMember[]>(
    `/rooms/${encodeURIComponent(name)}/members`,
    AGAIN_MS,
  )
  const members = isGone ? [] : value
  return (
    <Modal kind="drawer" title={<Untrusted text={name} />} onClose={onClose}>
      {isGone && (
        <p className="note" role="status">
          {t('roomGone')}
        </p>
      )}
      <dl className="facts">
        <dt>{t('topic')}</dt>
        <dd>{topic === undefined ? '–' : <Untrusted text={topic} />}</dd>
        <dt>{t('founder')}</dt>
        <dd>{founder === undefined ? '–' : <Untrusted text={founder} />}</dd>
        <dt>{t('created')}</dt>
        <dd>{format.moment(createdAtMs)}</dd>
      </dl>
      <section className="drawer-section">
        <h3>
          {t('members')}
          {members !== undefined && ` · ${format.count(members.length)}`}
        </h3>
        {members === undefined ? (
          <p className="muted">{t('loading')}</p>
        ) : (
          <Members room={name} members={members} />
        )}
      </section>
    </Modal>
  )
}

function Members({
  room,
  members,
}: {
  readonly room: string
  readonly members: readonly RoomMember[]
}): ReactElement {
  const { t } = useSettings()
  const { ask } = useConsole()
  const may = useMay('moderate')
  return (
    <div className="members" role="list">
      <Virtualizer data={members} itemSize={41}>
        {({ nick, connection, ranks }) => (
          <div key={connection} className="member" role="listitem">
            <span className="rank">{ranks.slice(0, 1)}</span>
            <span className="ellipsis">
              <Untrusted text={nick} />
            </span>
            {may && (
              <span className="actions">
                <button
                  type="button"
                  className="button"
                  onClick={() => ask(kickOrder(nick, [room]))}
                >
                  {t('kickHere')}
                </button>
              </span>
            )}
          </div>
        )}
      </Virtualizer>
    </div>
  )
}
