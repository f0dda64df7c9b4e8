import { useState, type ReactElement } from 'react'
import type { RoomRow } from '../../../feed/view.ts'
import { RoomDrawer } from './room-drawer.tsx'
import { useServerNow } from './console-context.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import type { Column } from './table-row.tsx'
import { WatchedTable } from './watched-table.tsx'

const COLUMNS: readonly Column<RoomRow>[] = [
  {
    label: 'room',
    sort: 'name',
    width: 'minmax(140px, 1fr)',
    cell: ({ name, modes }) => (
      <>
        <b className="ellipsis">
          <Untrusted text={name} />
        </b>
        {modes !== '' && <span className="cell-second mono">+{modes}</span>}
      </>
    ),
  },
  {
    label: 'members',
    sort: 'members',
    width: '84px',
    className: 'end phone-end',
    cell: ({ members }) => <Count value={members} />,
  },
  {
    label: 'topic',
    sort: 'topic',
    width: 'minmax(130px, 2.2fr)',
    className: 'spaced phone-wide',
    cell: ({ topic }) => (
      <span className="ellipsis muted">
        {topic === undefined ? '–' : <Untrusted text={topic} />}
      </span>
    ),
  },
  {
    label: 'founder',
    sort: 'founder',
    width: 'minmax(90px, 0.7fr)',
    className: 'phone-hidden',
    isWideOnly: true,
    cell: ({ founder }) => (
      <span className="ellipsis">{founder === undefined ? '–' : <Untrusted text={founder} />}</span>
    ),
  },
  {
    label: 'messages',
    sort: 'messages',
    width: '100px',
    className: 'end phone-hidden',
    cell: ({ messages }) => <Count value={messages} />,
  },
  {
    label: 'perSecond',
    sort: 'messagesPerSecond',
    width: '88px',
    className: 'end phone-hidden',
    isWideOnly: true,
    cell: ({ messagesPerSecond }) => <Rate value={messagesPerSecond} />,
  },
  {
    label: 'lastMessage',
    sort: 'lastMessageAtMs',
    width: '110px',
    className: 'end phone-hidden',
    cell: ({ lastMessageAtMs }) => <Ago atMs={lastMessageAtMs} />,
  },
]

/** All rooms, the fullest first. */
export function RoomsView(): ReactElement {
  const [opened, setOpened] = useState<RoomRow>()
  return (
    <>
      <WatchedTable
        of="rooms"
        columns={COLUMNS}
        sort={{ by: 'members', descending: true, label: 'members' }}
        filterLabel="filterRooms"
        icon="rooms"
        empty={{ title: 'noRooms', more: 'noRoomsMore' }}
        keyOf={({ name }) => name}
        onOpen={setOpened}
      />
      {opened !== undefined && (
        <RoomDrawer key={opened.name} room={opened} onClose={() => setOpened(undefined)} />
      )}
    </>
  )
}

function Count({ value }: { readonly value: number }): ReactElement {
  return <span>{useSettings().format.count(value)}</span>
}

function Rate({ value }: { readonly value: number }): ReactElement {
  return <span>{useSettings().format.reading(value)}</span>
}

function Ago({ atMs }: { readonly atMs: number | undefined }): ReactElement {
  const { t, format } = useSettings()
  const now = useServerNow()
  return <span>{atMs === undefined ? t('never') : format.duration(now - atMs)}</span>
}
