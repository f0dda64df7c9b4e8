import { parseArgs } from 'node:util'
import type { AuditEntry } from '../monitor/access.ts'
import {
  invitationTarget,
  MOST_DAYS,
  MOST_USES,
  type InvitationInfo,
  type InvitationOrder,
  type NewInvitation,
} from '../monitor/invitations.ts'
import { FolderInUse } from '../server/data-folder.ts'
import { isoTime } from '../server/iso-time.ts'
import { openMonitorRecords } from '../server/monitor-records.ts'
import { openOfflineInvitations, type OfflineInvitations } from '../server/offline-invitations.ts'
import type { Settings } from '../server/settings.ts'
import { askRunning, type Question } from './ask-running.ts'
import { failed } from './failed.ts'
import { UsageError } from './usage-error.ts'
import { wordsOf } from './with-records.ts'
import { FOLDER_OPTIONS, withSettings } from './with-settings.ts'

const CONSOLE = { name: 'console', role: 'admin', from: 'console' } as const
const PATH = '/api/v1/invitations'

/** `maru invite`. Resolves with the exit code. */
export async function inviteCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      ...FOLDER_OPTIONS,
      room: { type: 'string' },
      uses: { type: 'string' },
      days: { type: 'string' },
    },
    allowPositionals: true,
  })
  const [verb, ...rest] = positionals
  const order = orderFrom(values)
  if (verb !== undefined && Object.keys(order).length > 0) {
    throw new UsageError('--room, --uses and --days are for making one')
  }
  switch (verb) {
    case undefined:
      return withSettings(values, (settings) => make(settings, order))
    case 'list':
      wordsOf(rest, [])
      return withSettings(values, list)
    case 'revoke': {
      const [id = ''] = wordsOf(rest, ['ID'])
      return withSettings(values, (settings) => revoke(settings, id))
    }
    default:
      throw new UsageError(`there is no verb ${verb}`)
  }
}

/** Only the link, or the code, goes to standard output, so that it can be piped on. */
async function make(settings: Settings, order: InvitationOrder): Promise<number> {
  const what = { action: 'invite', target: invitationTarget(order) }
  const came = await eitherWay(settings, {
    question: { method: 'POST', path: PATH, body: order },
    offline: async (invitations) => {
      const made = await invitations.invite(order, CONSOLE)
      writeDown(settings, what, made.done ? undefined : made.text)
      return made
    },
    online: (answer) => ({ done: true, invitation: answer as NewInvitation }) as const,
  })
  if (!came.done) return failed(came.text)
  const { id, code, link, uses, room, expiresAtMs } = came.invitation
  const people = uses === 1 ? 'one account' : `${uses} accounts`
  const where = room === undefined ? '' : `, into ${room}`
  console.error(`invitation ${id} for ${people}${where}, until ${isoTime(expiresAtMs)}.`)
  console.error('Nobody can show it again. With an IRC client, one registers with its code:')
  console.error(`  connect to ${doorOf(settings)}, then /msg NickServ REGISTER PASSWORD * ${code}`)
  console.log(link ?? code)
  return 0
}

async function list(settings: Settings): Promise<number> {
  const invitations = await eitherWay(settings, {
    question: { method: 'GET', path: PATH },
    offline: (log) => Promise.resolve(log.invitations()),
    online: (answer) => answer as readonly InvitationInfo[],
  })
  for (const { id, room = '-', uses, madeBy, madeAtMs, expiresAtMs } of invitations) {
    const [made, ends] = [isoTime(madeAtMs), isoTime(expiresAtMs)]
    console.log(`${id}\t${room}\t${uses} left\tby ${madeBy}\tmade ${made}\tends ${ends}`)
  }
  return 0
}

async function revoke(settings: Settings, id: string): Promise<number> {
  const came = await eitherWay(settings, {
    question: { method: 'DELETE', path: `${PATH}/${encodeURIComponent(id)}` },
    offline: async (log) => {
      const revoked = await log.revokeInvitation(id)
      const what = { action: 'revoke invitation', target: id }
      writeDown(settings, what, revoked.done ? undefined : revoked.text)
      return revoked
    },
    online: () => ({ done: true, target: id }) as const,
  })
  return came.done ? 0 : failed(came.text)
}

interface Ways<Result> {
  /** To a server that runs; it writes down itself what was done. */
  readonly question: Question
  readonly online: (answer: unknown) => Result
  readonly offline: (invitations: OfflineInvitations) => Promise<Result>
}

async function eitherWay<Result>(settings: Settings, ways: Ways<Result>): Promise<Result> {
  try {
    await using invitations = await openOfflineInvitations(settings)
    return await ways.offline(invitations)
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error
    return ways.online(await askRunning(settings.dataFolder, ways.question))
  }
}

function writeDown(
  { dataFolder }: Settings,
  what: Pick<AuditEntry, 'action' | 'target'>,
  problem: string | undefined,
): void {
  using records = openMonitorRecords(dataFolder)
  const entry = { who: 'console', role: 'admin', from: 'console', ...what } as const
  if (problem === undefined) records.audit.append({ ...entry, outcome: 'done' })
  else records.audit.append({ ...entry, outcome: 'failed', detail: problem })
}

function doorOf({ serverName, listeners }: Settings): string {
  const [tls] = listeners.tls
  const [plain] = listeners.plain
  if (tls !== undefined) return `ircs://${serverName}:${tls.port}`
  return plain === undefined ? serverName : `irc://${serverName}:${plain.port}`
}

function orderFrom(values: {
  readonly room?: string | undefined
  readonly uses?: string | undefined
  readonly days?: string | undefined
}): InvitationOrder {
  const { room, uses, days } = values
  return {
    ...(room === undefined ? {} : { room }),
    ...(uses === undefined ? {} : { uses: wholeNumber(uses, '--uses', MOST_USES) }),
    ...(days === undefined ? {} : { days: wholeNumber(days, '--days', MOST_DAYS) }),
  }
}

function wholeNumber(text: string, option: string, most: number): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (value >= 1 && value <= most) return value
  throw new UsageError(`${option}: expected a whole number from 1 to ${most}, found ${text}`)
}
