import { z } from 'zod'
import type { AuditRecord, Identity, OperatorInfo, SessionInfo, TokenInfo } from '../access.ts'
import {
  FEED_VERSION,
  type FeedEntry,
  type Head,
  type ServerFacts,
  type Snapshot,
} from '../../feed/feed.ts'
import type { InvitationInfo, NewInvitation } from '../invitations.ts'
import { MEASURES, type Figures, type Series } from '../../feed/figures.ts'
import { ROLES } from '../../feed/role.ts'
import type { CommandUse } from '../source.ts'
import type { BanRow, ConnectionRow, RoomMember, RoomRow } from '../../feed/view.ts'

/** What the routes answer, for the document of the API. The types that everybody works with are beside it in `src/monitor/`. */
export const namedAnswers = z.registry<{ id: string }>()

function named<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  namedAnswers.add(schema, { id })
  return schema
}

const number = z.number()
const text = z.string()
const role = z.enum(ROLES)
const optional = {
  number: number.exactOptional(),
  text: text.exactOptional(),
} as const

export const identity: z.ZodType<Identity> = named(
  'Identity',
  z.object({ name: text, role, via: z.enum(['session', 'token']), id: text }),
)
export const whoAmI = named('WhoAmI', z.object({ identity }))
export const signedIn = named(
  'SignedIn',
  z.object({ identity, expiresAtMs: number, secret: text.exactOptional() }),
)
export const firstOpen = named('First', z.object({ open: z.boolean() }))
export const target = named('Target', z.object({ target: text }))

const who = { connection: number, address: text, nick: optional.text, account: optional.text }
const tls = z.object({ version: text, cipher: text, certificateFingerprint: optional.text })
const came = {
  ...who,
  port: number,
  transport: z.enum(['tcp', 'tls', 'ws', 'wss']),
  listener: text,
  tls: tls.exactOptional(),
  client: optional.text,
}

export const connectionRow: z.ZodType<ConnectionRow> = named(
  'ConnectionRow',
  z.object({
    ...came,
    connectedAtMs: number,
    isRegistered: z.boolean(),
    userName: optional.text,
    realName: optional.text,
    host: text,
    gateway: optional.text,
    modes: text,
    operator: optional.text,
    away: optional.text,
    isSilenced: z.boolean(),
    rooms: z.array(text),
    idleMs: number,
    linesIn: number,
    bytesIn: number,
    bytesOut: number,
    linesInPerSecond: number,
    bytesOutPerSecond: number,
    queuedBytes: number,
    budgetLines: optional.number,
    budgetBytes: optional.number,
    isHeld: z.boolean(),
  }),
)

const roomRow: z.ZodType<RoomRow> = named(
  'RoomRow',
  z.object({
    name: text,
    members: number,
    topic: optional.text,
    modes: text,
    founder: optional.text,
    createdAtMs: number,
    messages: number,
    messagesPerSecond: number,
    lastMessageAtMs: optional.number,
  }),
)

const banRow: z.ZodType<BanRow> = named(
  'BanRow',
  z.object({
    id: text,
    kind: z.enum(['kline', 'dline', 'mute']),
    mask: text,
    reason: text,
    setBy: text,
    setAtMs: number,
    expiresAtMs: optional.number,
  }),
)

const window = { total: number, matching: number, from: number }
export const connectionsView = named(
  'ConnectionsView',
  z.object({ of: z.literal('connections'), rows: z.array(connectionRow), ...window }),
)
export const roomsView = named(
  'RoomsView',
  z.object({ of: z.literal('rooms'), rows: z.array(roomRow), ...window }),
)
export const bansView = named(
  'BansView',
  z.object({ of: z.literal('bans'), rows: z.array(banRow), ...window }),
)

const member: z.ZodType<RoomMember> = z.object({
  nick: text,
  connection: number,
  ranks: text,
  joinedAtMs: number,
})
export const members = named('RoomMembers', z.array(member))

const quantiles = z.object({ p50: number, p99: number, max: number }).exactOptional()
const totals = z.object({
  accepted: number,
  refused: number,
  closed: number,
  registered: number,
  messages: number,
  deliveries: number,
  linesIn: number,
  bytesIn: number,
  bytesOut: number,
  slowed: number,
  failedLogins: number,
})
const threadLoad = z.object({
  name: text,
  cpu: optional.number,
  loopDelayMs: quantiles,
  heapBytes: number,
  connections: optional.number,
  deliveriesPerSecond: optional.number,
  queuedBytes: optional.number,
  rings: z.object({ completions: number, submissions: number }).exactOptional(),
})
const logLoad = z.object({
  commitsPerSecond: number,
  recordsPerSecond: number,
  batchSize: number,
  waiting: number,
  owed: number,
  refusedCommits: number,
  refusal: optional.text,
})
const figures: z.ZodType<Figures> = named(
  'Figures',
  z.object({
    atMs: number,
    totals,
    perSecond: totals,
    fanOutMs: quantiles,
    commitMs: quantiles,
    queuedBytes: number,
    heldConnections: number,
    residentBytes: number,
    cpu: number,
    threads: z.array(threadLoad),
    log: logLoad.exactOptional(),
    storeBytes: optional.number,
    storedEvents: optional.number,
    indexLag: optional.number,
  }),
)

const head: z.ZodType<Head> = named(
  'Head',
  z.object({
    connections: number,
    peakConnections: number,
    people: number,
    peakPeople: number,
    rooms: number,
    operators: number,
  }),
)

const facts: z.ZodType<ServerFacts> = named(
  'ServerFacts',
  z.object({
    version: text,
    serverName: text,
    network: text,
    startedAtMs: number,
    nowMs: number,
    listening: z.array(z.object({ name: text, host: text, port: number })),
    workers: number,
    processId: number,
    runtime: text,
    platform: text,
    logLevel: z.enum(['debug', 'info', 'warn', 'error']),
    isStopping: z.boolean(),
    certificate: z.object({ sha256: text, endsAtMs: number }).exactOptional(),
    limits: z.record(text, number),
  }),
)

const event = z.custom<FeedEntry['event']>().meta({
  type: 'object',
  properties: { kind: { type: 'string' } },
  required: ['kind'],
  description: 'What happened; the fields depend on `kind`.',
})
const entry: z.ZodType<FeedEntry> = named(
  'FeedEntry',
  z.object({ seq: number, atMs: number, event }),
)

export const snapshot: z.ZodType<Snapshot> = named(
  'Snapshot',
  z.object({
    epoch: text,
    seq: number,
    version: z.literal(FEED_VERSION),
    facts,
    head,
    figures: figures.exactOptional(),
    entries: z.array(entry),
  }),
)

const column = z.array(number.nullable())
export const series: z.ZodType<Series> = named(
  'Series',
  z.object({
    stepMs: z.union([z.literal(1000), z.literal(60_000)]),
    startMs: number,
    columns: z.record(z.enum(MEASURES), column),
  }),
)

const commandUse: z.ZodType<CommandUse> = z.object({ command: text, uses: number, bytes: number })
export const commandUses = named('CommandUses', z.array(commandUse))

const operator: z.ZodType<OperatorInfo> = z.object({
  name: text,
  role,
  createdAtMs: number,
  lastSignInAtMs: optional.number,
})
export const operators = named('Operators', z.array(operator))

const token: z.ZodType<TokenInfo> = z.object({
  id: text,
  name: text,
  role,
  createdAtMs: number,
  expiresAtMs: optional.number,
  lastUsedAtMs: optional.number,
})
export const tokens = named('Tokens', z.array(token))
export const newToken = named('NewToken', z.object({ id: text, secret: text }))

const invitationFields = {
  id: text,
  room: optional.text,
  uses: number,
  madeBy: text,
  madeAtMs: number,
  expiresAtMs: number,
}
const invitation: z.ZodType<InvitationInfo> = z.object(invitationFields)
export const invitations = named('Invitations', z.array(invitation))
const oneInvitation: z.ZodType<NewInvitation> = z.object({
  ...invitationFields,
  code: text,
  link: optional.text,
})
export const newInvitation = named('NewInvitation', oneInvitation)

export const concerned = named('Concerned', z.object({ target: text, events: number }))

const session: z.ZodType<SessionInfo> = z.object({
  id: text,
  name: text,
  role,
  from: text,
  createdAtMs: number,
  lastUsedAtMs: number,
  expiresAtMs: number,
})
export const sessions = named('Sessions', z.array(session))

const auditRecord: z.ZodType<AuditRecord> = z.object({
  seq: number,
  atMs: number,
  who: text,
  role: role.exactOptional(),
  from: text,
  action: text,
  target: optional.text,
  reason: optional.text,
  outcome: z.enum(['done', 'refused', 'failed']),
  detail: optional.text,
  hash: text,
})
export const auditRecords = named('AuditRecords', z.array(auditRecord))

export const health = named('Health', z.looseObject({ status: text }))
export const apiDocument = named('OpenApi', z.looseObject({ openapi: text }))

export const failure = named(
  'Error',
  z.object({ error: z.object({ code: text, text, field: optional.text }) }),
)
