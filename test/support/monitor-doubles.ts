import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type {
  Access,
  Audit,
  AuditEntry,
  AuditRecord,
  Change,
  Identity,
  SessionInfo,
  SignIn,
} from '../../src/monitor/access.ts'
import type {
  InvitationInfo,
  InvitationOrder,
  Invitations,
  Inviting,
} from '../../src/monitor/invitations.ts'
import type { FeedEntry, FeedFrame, FeedPosition, Head, Snapshot } from '../../src/feed/feed.ts'
import { MEASURES, type Series } from '../../src/feed/figures.ts'
import type { Role } from '../../src/feed/role.ts'
import { ViewError, type MonitorSource } from '../../src/monitor/source.ts'
import type {
  ExportOrder,
  Exporting,
  LogUpkeep,
  UpkeepOutcome,
} from '../../src/monitor/log-upkeep.ts'
import type { Actor, Outcome, Steering } from '../../src/monitor/steering.ts'
import type { ConnectionRow, View, ViewQuery } from '../../src/feed/view.ts'

export const HEAD: Head = {
  connections: 1,
  peakConnections: 1,
  people: 1,
  peakPeople: 1,
  rooms: 1,
  operators: 0,
}

export const ROOM = '#마루/50%#x'

export const ROW: ConnectionRow = {
  connection: 7,
  address: '192.0.2.1',
  nick: 'minsu',
  port: 5000,
  transport: 'tcp',
  listener: 'plain',
  connectedAtMs: 1,
  isRegistered: true,
  host: 'cloak',
  modes: '',
  isSilenced: false,
  rooms: [ROOM],
  idleMs: 0,
  linesIn: 0,
  bytesIn: 0,
  bytesOut: 0,
  linesInPerSecond: 0,
  bytesOutPerSecond: 0,
  queuedBytes: 0,
  isHeld: false,
}

/** A source whose entries the test puts in, and that keeps `kept` of them. */
export class FakeSource implements MonitorSource {
  readonly epoch = 'e.1'
  readonly queries: ViewQuery[] = []
  readonly #kept: number
  readonly #listeners = new Set<(frame: FeedFrame) => void>()
  #entries: FeedEntry[] = []
  #seq = 0

  constructor(kept = 1000) {
    this.#kept = kept
  }

  get listeners(): number {
    return this.#listeners.size
  }

  get seq(): number {
    return this.#seq
  }

  /** One frame with so many entries. */
  put(count: number, text = 'x'): void {
    const entries = Array.from({ length: count }, (): FeedEntry => {
      this.#seq += 1
      const event = { kind: 'log', level: 'info', text, fields: {} } as const
      return { seq: this.#seq, atMs: 1, event }
    })
    this.#entries = [...this.#entries, ...entries].slice(-this.#kept)
    const frame: FeedFrame = { type: 'entries', entries, head: HEAD }
    for (const listener of this.#listeners) listener(frame)
  }

  snapshot(): Snapshot {
    return {
      version: 1,
      epoch: this.epoch,
      seq: this.#seq,
      facts: {
        version: '0',
        serverName: 'irc.test',
        network: 'Test',
        startedAtMs: 1,
        nowMs: 2,
        listening: [],
        workers: 0,
        processId: 1,
        runtime: 'node',
        platform: 'test',
        logLevel: 'info',
        isStopping: false,
        limits: {},
      },
      head: HEAD,
      entries: this.#entries.slice(-10),
    }
  }

  after({ epoch, seq }: FeedPosition): ReturnType<MonitorSource['after']> {
    if (epoch !== this.epoch || seq > this.#seq) return { kind: 'gap', missed: 'unknown' }
    const first = this.#entries[0]?.seq ?? this.#seq + 1
    if (seq + 1 < first) return { kind: 'gap', missed: first - seq - 1 }
    return { kind: 'entries', entries: this.#entries.filter((entry) => entry.seq > seq) }
  }

  subscribe(listener: (frame: FeedFrame) => void): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) }
  }

  view(query: ViewQuery): Promise<View> {
    this.queries.push(query)
    if (query.sort === 'nonsense') return Promise.reject(new ViewError('sort: no such column'))
    const window = { total: 1, matching: 1, from: 0 }
    switch (query.of) {
      case 'connections':
        return Promise.resolve({ of: 'connections', rows: [ROW], ...window })
      case 'rooms':
        return Promise.resolve({ of: 'rooms', rows: [], ...window })
      case 'bans':
        return Promise.resolve({ of: 'bans', rows: [], ...window })
    }
  }

  connection(id: number): Promise<ConnectionRow | undefined> {
    return Promise.resolve(id === ROW.connection ? ROW : undefined)
  }

  members(room: string): ReturnType<MonitorSource['members']> {
    return room === ROOM ? [{ nick: 'minsu', connection: 7, ranks: '@', joinedAtMs: 1 }] : undefined
  }

  series(stepMs: Series['stepMs']): Series {
    const columns = Object.fromEntries(MEASURES.map((name) => [name, [1, null]]))
    return { stepMs, startMs: 1, columns: columns as unknown as Series['columns'] }
  }

  commands(): ReturnType<MonitorSource['commands']> {
    return [{ command: 'PRIVMSG', uses: 2, bytes: 30 }]
  }
}

/** Operators `watch`, `moderate` and `admin`, whose password is their name and whose session's secret is `session-NAME`; a token each of `token-NAME`. */
export class FakeAccess implements Access {
  readonly calls: string[] = []
  firstCode: string | undefined = 'open-sesame'
  readonly #ended = new Set<string>()
  readonly #listeners = new Set<(id: string) => void>()

  claim(code: string, name: string): Promise<SignIn> {
    if (code !== this.firstCode)
      return Promise.resolve({ kind: 'refused', reason: 'wrong' } as const)
    this.firstCode = undefined
    return Promise.resolve(signedIn(name, 'admin'))
  }

  signIn(name: string, password: string): Promise<SignIn> {
    if (name === 'flood')
      return Promise.resolve({ kind: 'refused', reason: 'too many', retryAfterMs: 1500 } as const)
    if (!isRoleName(name) || password !== name)
      return Promise.resolve({ kind: 'refused', reason: 'wrong' } as const)
    return Promise.resolve(signedIn(name, name))
  }

  identityOfSession(secret: string): Identity | undefined {
    return this.#identityOf(secret, 'session')
  }

  identityOfToken(secret: string): Identity | undefined {
    return this.#identityOf(secret, 'token')
  }

  sessions(): readonly SessionInfo[] {
    return ROLE_NAMES.map((role) => ({
      id: `session-id-${role}`,
      name: role,
      role,
      from: '127.0.0.1',
      createdAtMs: 1,
      lastUsedAtMs: 1,
      expiresAtMs: 2,
    }))
  }

  endSession(id: string): Change {
    this.calls.push(`endSession ${id}`)
    this.end(id)
    return { done: true }
  }

  /** As if it had expired. */
  end(id: string): void {
    this.#ended.add(id)
    for (const listener of this.#listeners) listener(id)
  }

  operators(): ReturnType<Access['operators']> {
    return ROLE_NAMES.map((role) => ({ name: role, role, createdAtMs: 1 }))
  }

  addOperator(name: string): Promise<Change> {
    this.calls.push(`addOperator ${name}`)
    return Promise.resolve({ done: true })
  }

  removeOperator(name: string): Change {
    this.calls.push(`removeOperator ${name}`)
    return isRoleName(name) ? { done: false, text: 'the last' } : { done: false, text: 'nobody' }
  }

  setRole(name: string, role: Role): Change {
    this.calls.push(`setRole ${name} ${role}`)
    return { done: true }
  }

  setPassword(name: string): Promise<Change> {
    this.calls.push(`setPassword ${name}`)
    return Promise.resolve({ done: true })
  }

  tokens(): ReturnType<Access['tokens']> {
    return [{ id: 't1', name: 'grafana', role: 'watch', createdAtMs: 1 }]
  }

  addToken(name: string): ReturnType<Access['addToken']> {
    this.calls.push(`addToken ${name}`)
    return { secret: 'said-once', id: 't2' }
  }

  removeToken(id: string): Change {
    this.calls.push(`removeToken ${id}`)
    return { done: true }
  }

  consoleSession(): string {
    return 'session-admin'
  }

  onEnded(listener: (id: string) => void): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) }
  }

  #identityOf(secret: string, via: Identity['via']): Identity | undefined {
    const [kind, name = ''] = secret.split('-')
    if (kind !== via || !isRoleName(name)) return undefined
    const id = `${via}-id-${name}`
    return this.#ended.has(id) ? undefined : { name, role: name, via, id }
  }
}

const ROLE_NAMES = ['watch', 'moderate', 'admin'] as const

function isRoleName(name: string): name is Role {
  return (ROLE_NAMES as readonly string[]).includes(name)
}

function signedIn(name: string, role: Role): SignIn {
  const identity = { name, role, via: 'session', id: `session-id-new` } as const
  return { kind: 'signedIn', identity, secret: `session-${name}`, expiresAtMs: 3_600_000 }
}

export class FakeAudit implements Audit {
  readonly records: AuditRecord[] = []

  append(entry: AuditEntry): void {
    const hash = createHash('sha256').update(JSON.stringify(entry)).digest('hex')
    this.records.push({ ...entry, seq: this.records.length + 1, atMs: 1, hash })
  }

  entries({ before = Infinity, count }: Parameters<Audit['entries']>[0]): readonly AuditRecord[] {
    return this.records
      .filter(({ seq }) => seq < before)
      .reverse()
      .slice(0, count)
  }
}

const INVITATION: InvitationInfo = {
  id: 'abc',
  uses: 1,
  madeBy: 'admin',
  madeAtMs: 1,
  expiresAtMs: 2,
}

/** Writes down what it was told to do; connection 404 isn't there. */
export class FakeSteering implements Steering, LogUpkeep, Invitations {
  readonly calls: (readonly unknown[])[] = []

  message = this.#row('message')
  kick = this.#row('kick')
  disconnect = this.#row('disconnect')
  ban = this.#row('ban')
  banConnection = this.#row('banConnection')
  unban = this.#row('unban')
  announce = this.#row('announce')
  setLogLevel = this.#row('setLogLevel')
  stop = this.#row('stop')
  restart = this.#row('restart')

  purge = this.#upkeep('purge')
  erase = this.#upkeep('erase')
  backUp = this.#upkeep('backUp')

  exportHistory(what: ExportOrder, by: Actor): Exporting {
    this.calls.push(['exportHistory', what, by])
    const lines = Readable.from(['{"text":"one"}\n', '{"text":"two"}\n'])
    return { done: true, target: 'export', lines }
  }

  revokeInvitation = this.#row('revokeInvitation')

  invite(order: InvitationOrder, by: Actor): Inviting {
    this.calls.push(['invite', order, by])
    return { done: true, invitation: { ...INVITATION, code: 'secret' } }
  }

  invitations(): readonly InvitationInfo[] {
    return [INVITATION]
  }

  #upkeep(name: string): (...args: unknown[]) => Promise<UpkeepOutcome> {
    return (...args) => {
      const came = this.#do(name, args)
      return Promise.resolve(came.done ? { ...came, events: 12 } : came)
    }
  }

  reload(by: Actor): Promise<Outcome> {
    return Promise.resolve(this.#do('reload', [by]))
  }

  #row(name: string): (...args: unknown[]) => Outcome {
    return (...args) => this.#do(name, args)
  }

  #do(name: string, args: readonly unknown[]): Outcome {
    this.calls.push([name, ...args])
    if (args[0] === 404) return { done: false, problem: 'not found', text: 'There is no such one' }
    return { done: true, target: `${name} done` }
  }
}
