import type { Session } from '../state/session.ts'
import type { User } from '../state/user.ts'
import { came } from './network-observer.ts'
import { selectRows, type Table } from './table.ts'
import type { ConnectionRow, View, ViewQuery } from '../feed/view.ts'

/** What the engine counts of one connection. */
export interface Traffic {
  readonly linesIn: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly queuedBytes: number
  /** Undefined: it has none. */
  readonly budgetLines: number | undefined
  readonly budgetBytes: number | undefined
  readonly isHeld: boolean
  readonly linesInPerSecond: number
  readonly bytesOutPerSecond: number
}

export interface ConnectionFacts {
  readonly trafficOf: (connection: number) => Traffic | undefined
  readonly isSilenced: (session: Session) => boolean
  readonly monotonicMs: number
}

/** The window of the table that a query asks for; rows are made for nothing else. */
export function connectionView(
  sessions: readonly Session[],
  query: ViewQuery,
  facts: ConnectionFacts,
): View {
  const { selected, ...window } = selectRows(sessions, query, tableOf(facts))
  return {
    of: 'connections',
    ...window,
    rows: selected.map((session) => connectionRow(session, facts)),
  }
}

export function connectionRow(session: Session, facts: ConnectionFacts): ConnectionRow {
  const { budgetLines, budgetBytes, ...traffic } = facts.trafficOf(session.id) ?? NO_TRAFFIC
  return {
    ...came(session),
    connectedAtMs: session.connectedAtMs,
    host: hostOf(session),
    isSilenced: facts.isSilenced(session),
    idleMs: Math.max(0, Math.round(facts.monotonicMs - session.lastLineMs)),
    ...present({ gateway: session.gateway }),
    ...personOf(session),
    ...traffic,
    ...present({ budgetLines: whole(budgetLines), budgetBytes: whole(budgetBytes) }),
  }
}

type Person = Pick<
  ConnectionRow,
  'isRegistered' | 'modes' | 'rooms' | 'userName' | 'realName' | 'operator' | 'away'
>

function personOf({ user, userName, realName }: Session): Person {
  if (user === undefined)
    return { isRegistered: false, modes: '', rooms: [], ...present({ userName, realName }) }
  return {
    isRegistered: true,
    modes: user.modes,
    rooms: roomsOf(user),
    userName: user.userName,
    realName: user.realName,
    ...present({ operator: user.operator?.name, away: user.away }),
  }
}

function roomsOf({ channels }: User): string[] {
  return [...channels].map(({ name }) => name)
}

function hostOf({ user, realHost }: Session): string {
  return user?.host ?? realHost
}

const NO_TRAFFIC: Traffic = {
  linesIn: 0,
  bytesIn: 0,
  bytesOut: 0,
  queuedBytes: 0,
  budgetLines: undefined,
  budgetBytes: undefined,
  isHeld: false,
  linesInPerSecond: 0,
  bytesOutPerSecond: 0,
}

function tableOf({ trafficOf, monotonicMs }: ConnectionFacts): Table<Session> {
  const of = (name: keyof Traffic) => (session: Session) => {
    const value = trafficOf(session.id)?.[name]
    return typeof value === 'boolean' ? Number(value) : value
  }
  return {
    texts: textsOf,
    sortedBy: 'connectedAtMs',
    columns: {
      connection: ({ id }) => id,
      connectedAtMs: ({ connectedAtMs }) => connectedAtMs,
      nick: (session) => nickOf(session)?.toLowerCase(),
      account: ({ user }) => user?.account?.toLowerCase(),
      address: ({ origin }) => origin.address,
      host: hostOf,
      transport: ({ origin }) => origin.transport,
      client: ({ origin }) => origin.client,
      modes: ({ user }) => user?.modes,
      rooms: ({ user }) => user?.channels.size ?? 0,
      idleMs: ({ lastLineMs }) => monotonicMs - lastLineMs,
      linesIn: of('linesIn'),
      bytesIn: of('bytesIn'),
      bytesOut: of('bytesOut'),
      linesInPerSecond: of('linesInPerSecond'),
      bytesOutPerSecond: of('bytesOutPerSecond'),
      queuedBytes: of('queuedBytes'),
      budgetLines: ({ id }) => whole(trafficOf(id)?.budgetLines),
      budgetBytes: ({ id }) => whole(trafficOf(id)?.budgetBytes),
      isHeld: of('isHeld'),
    },
  }
}

function textsOf(session: Session): (string | undefined)[] {
  const { user, origin, gateway } = session
  return [
    nickOf(session),
    user?.account,
    origin.address,
    hostOf(session),
    user?.userName ?? session.userName,
    user?.realName ?? session.realName,
    user?.operator?.name,
    origin.transport,
    origin.listener,
    origin.client,
    gateway,
    ...(user === undefined ? [] : roomsOf(user)),
  ]
}

function nickOf({ user, nick }: Session): string | undefined {
  return user?.nick ?? nick
}

/** A part of a line can't be sent. */
function whole(budget: number | undefined): number | undefined {
  return budget === undefined ? undefined : Math.floor(budget)
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what is undefined. */
function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Present<T>
}
