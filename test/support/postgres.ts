import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import pg from 'pg'

/** A PostgreSQL of the test's own, in a folder and on a port of its own; it goes when it is disposed of. */
export interface PostgresServer extends AsyncDisposable {
  /** An empty database; its url. */
  readonly database: () => Promise<string>
  /** As if the power was cut, for the database only. */
  readonly crash: () => Promise<void>
  readonly start: () => Promise<void>
}

interface Account {
  readonly uid?: number
  readonly gid?: number
}

const READY_MS = 30_000

/** Of Debian, of Homebrew, and of whoever has them in the path. */
const FOLDERS = [
  ...(process.env['PATH'] ?? '').split(delimiter),
  ...globSync('/usr/lib/postgresql/*/bin').toSorted().toReversed(),
  ...globSync('/opt/homebrew/opt/postgresql@*/bin'),
]

export async function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'maru-postgres-'))
  const data = join(folder, 'data')
  const account = unprivileged()
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid ?? account.uid)
  const initdb = spawnSync(
    program('initdb'),
    ['-D', data, '-U', 'maru', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N'],
    { ...account, encoding: 'utf8', cwd: folder },
  )
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stdout}${initdb.stderr}`)
  const port = await freePort()
  const url = (database: string): string => `postgres://maru@127.0.0.1:${port}/${database}`
  const options = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
  ]
  const args = [...options, ...settings].flatMap((option) => ['-c', option])
  const run = () =>
    spawn(program('postgres'), ['-D', data, ...args], { ...account, cwd: folder, stdio: 'ignore' })
  let server = run()
  let count = 0
  await answers(url('postgres'))
  return {
    async database() {
      const name = `test_${++count}`
      await query(url('postgres'), `CREATE DATABASE ${name}`)
      return url(name)
    },
    async crash() {
      // Immediate shutdown: no checkpoint, and recovery at the next start.
      server.kill('SIGQUIT')
      await once(server, 'exit')
    },
    async start() {
      server = run()
      await answers(url('postgres'))
    },
    async [Symbol.asyncDispose]() {
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGQUIT')
        await once(server, 'exit')
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** On a connection of its own; the first row. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    const result = await client.query<Record<string, unknown>>(sql)
    return result.rows[0] ?? {}
  } finally {
    await client.end()
  }
}

function program(name: string): string {
  const folder = FOLDERS.find((each) => existsSync(join(each, name)))
  if (folder === undefined) throw new Error(`${name} of PostgreSQL is not installed`)
  return join(folder, name)
}

/** PostgreSQL doesn't run as root. */
function unprivileged(): Account {
  if (process.getuid?.() !== 0) return {}
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  const line =
    lines.find((each) => each.startsWith('postgres:')) ??
    lines.find((each) => each.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  if (uid === undefined || gid === undefined) throw new Error('there is no user for PostgreSQL')
  return { uid: Number(uid), gid: Number(gid) }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function answers(url: string): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += 50) {
    try {
      await query(url, 'SELECT 1')
      return
    } catch (error) {
      if (waitedMs >= READY_MS) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
