import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { routes } from '../../src/monitor/http/route-table.ts'
import type { Route } from '../../src/monitor/http/route.ts'
import { isAtLeast, ROLES } from '../../src/feed/role.ts'
import { bearer, cookie, openStage, type Asking, type Stage } from '../support/admin-side.ts'
import { ROOM } from '../support/monitor-doubles.ts'

let stage: Stage
before(async () => {
  stage = await openStage()
})
after(() => stage[Symbol.asyncDispose]())

/** A body that fits each row that has one, and what else it takes to be let through. */
const BODIES: Readonly<Record<string, object>> = {
  'POST /api/v1/first': { code: 'open-sesame', name: 'first', password: 'first' },
  'POST /api/v1/session': { name: 'watch', password: 'watch' },
  'PUT /api/v1/password': { old: 'x', new: 'y' },
  'POST /api/v1/connections/:id/message': { text: 'hello' },
  'POST /api/v1/connections/:id/disconnect': { reason: 'enough' },
  'POST /api/v1/connections/:id/ban': { kind: 'dline', durationMs: 60_000, reason: 'enough' },
  'POST /api/v1/rooms/:name/kick': { nick: 'minsu', reason: 'enough' },
  'POST /api/v1/bans': { kind: 'kline', mask: '*@192.0.2.1', reason: 'enough' },
  'POST /api/v1/announce': { text: 'hello' },
  'PUT /api/v1/log-level': { level: 'warn' },
  'POST /api/v1/operators': { name: 'new', password: 'secret', role: 'watch' },
  'PATCH /api/v1/operators/:name': { role: 'watch' },
  'POST /api/v1/tokens': { name: 'new', role: 'watch' },
  'POST /api/v1/invitations': { room: ROOM, uses: 5, days: 7 },
  'POST /api/v1/history/purge': { room: ROOM, reason: 'spam' },
  'POST /api/v1/history/erase': { account: 'minsu', reason: 'asked for it' },
  'POST /api/v1/history/backup': { file: 'today.db' },
}

// What is there for everybody with a role is asked with a token: a session that signs itself out is of no further use.
const WAYS = [
  { name: 'none', headers: {}, role: undefined },
  { name: 'wrong bearer', headers: bearer('session-nobody'), role: undefined },
  { name: 'wrong cookie', headers: cookie('session-nobody'), role: undefined },
  {
    name: 'wrong bearer beside a right cookie',
    headers: { ...bearer('wrong'), ...cookie('session-admin') },
    role: undefined,
  },
  ...ROLES.map((role) => ({ name: `token ${role}`, headers: bearer(`token-${role}`), role })),
  ...ROLES.map((role) => ({ name: `bearer ${role}`, headers: bearer(`session-${role}`), role })),
  ...ROLES.map((role) => ({ name: `cookie ${role}`, headers: cookie(`session-${role}`), role })),
]

for (const row of routes) {
  test(`ROLES - ${row.method} ${row.path} is for ${row.least}`, async () => {
    const isOwnEnd = row.path === '/api/v1/session' && row.method === 'DELETE'
    for (const { name, headers, role } of WAYS) {
      if (isOwnEnd && role !== undefined && !name.startsWith('token')) continue
      const actionsBefore = stage.steering.calls.length + stage.access.calls.length
      const written = stage.audit.records.length
      const { status, code } = await askRow(row, headers)
      const wanted = expected(row, name, role)
      if (wanted === undefined) {
        // A wrong password is said no to by the row itself.
        const isLetThrough = code === 'wrong' || (status !== 401 && status !== 403 && status < 500)
        assert.ok(isLetThrough, `${name}: ${status} ${code}`)
        continue
      }
      assert.equal(status, wanted, name)
      assert.equal(stage.steering.calls.length + stage.access.calls.length, actionsBefore, name)
      assert.equal(stage.audit.records.length, written + 1, `${name}: the refusal is audited`)
      const { outcome, who } = stage.audit.records.at(-1) ?? {}
      assert.deepEqual({ outcome, who }, { outcome: 'refused', who: role ?? 'nobody' })
    }
  })
}

test('ROLES - no row is read with a method that changes something, and every change has a name for the audit', () => {
  for (const { method, path, action } of routes) {
    // What everybody said leaves the server.
    if (path === '/api/v1/history/export') assert.equal(action, 'export history')
    else assert.equal(action === undefined, method === 'GET', `${method} ${path}`)
  }
})

test('ROLES - every row with a body has one in this test', () => {
  const withBody = routes.filter(({ body }) => body !== undefined)
  assert.deepEqual(
    withBody.map(({ method, path }) => `${method} ${path}`).sort(),
    Object.keys(BODIES).sort(),
  )
})

test('ROLES - what is answered is what the table says', async () => {
  for (const row of routes) {
    const { status, json } = await askRow(row, bearer('token-admin'))
    if (status !== 200 || typeof row.answer === 'string') continue
    assert.ok(z.safeParse(row.answer, json).success, `${row.method} ${row.path}`)
  }
})

/** Undefined: let through. */
function expected(row: Route, way: string, role: (typeof ROLES)[number] | undefined) {
  if (row.least === 'anyone') return undefined
  // From this machine, and the cookie is no reason against it.
  if (row.least === 'loopback') return way.startsWith('wrong bearer') ? 401 : undefined
  if (role === undefined) return 401
  return isAtLeast(role, row.least) ? undefined : 403
}

function askRow(row: Route, headers: Readonly<Record<string, string>>) {
  const path = row.path
    .replace(/connections\/:id/, 'connections/7')
    .replace(':id', 't1')
    .replace(/rooms\/:name/, `rooms/${encodeURIComponent(ROOM)}`)
    .replace(':name', 'watch')
    .replace(/export$/, 'export?account=minsu')
  const body = BODIES[`${row.method} ${row.path}`] ?? (row.method === 'GET' ? undefined : {})
  const origin = { origin: `http://127.0.0.1:${stage.port}` }
  const asking: Asking = { method: row.method, path, headers: { ...headers, ...origin } }
  if (row.path === '/api/v1/feed') return askFeed(asking)
  return stage.ask(body === undefined ? asking : { ...asking, body })
}

/** It has no end of its own. */
async function askFeed({ path, headers = {} }: Asking) {
  const response = await fetch(`http://127.0.0.1:${stage.port}${path}`, { headers })
  await response.body?.cancel()
  return { status: response.status, code: undefined, json: undefined }
}
