import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { bearer, cookie, openStage, type Asking, type Stage } from '../support/admin-side.ts'

let stage: Stage
before(async () => {
  stage = await openStage()
})
after(() => stage[Symbol.asyncDispose]())

const post = (path: string, body: object, headers: Asking['headers'] = {}) =>
  stage.ask({ method: 'POST', path: `/api/v1${path}`, body, headers })
const lastAudit = () => {
  const { who, role, action, target, reason, outcome, from } = stage.audit.records.at(-1) ?? {}
  return { who, role, action, target, reason, outcome, from }
}

test('SESSION - signing in sets a cookie that scripts and other sites never see, and says no secret', async () => {
  const { status, json, text, headers } = await post('/session', {
    name: 'watch',
    password: 'watch',
  })
  assert.equal(status, 200)
  assert.deepEqual(json, {
    identity: { name: 'watch', role: 'watch', via: 'session', id: 'session-id-new' },
    expiresAtMs: 3_600_000,
  })
  assert.deepEqual(headers['set-cookie'], [
    'maru_session=session-watch; Path=/; HttpOnly; SameSite=Strict; Max-Age=3600',
  ])
  assert.ok(!text.includes('session-watch'))
  assert.deepEqual(lastAudit(), {
    who: 'watch',
    role: 'watch',
    action: 'sign in',
    target: 'watch',
    reason: undefined,
    outcome: 'done',
    from: '127.0.0.1',
  })
  const me = await stage.ask({
    path: '/api/v1/session',
    headers: cookie('x; maru_session=session-watch'),
  })
  assert.equal(me.status, 401)
  const right = await stage.ask({
    path: '/api/v1/session',
    headers: { cookie: 'a=b; maru_session=session-watch; c=d' },
  })
  assert.equal(right.status, 200)
})

test('SESSION - as a bearer it says the secret and sets no cookie', async () => {
  const body = { name: 'watch', password: 'watch', as: 'bearer' }
  const { json, headers } = await post('/session', body)
  assert.equal((json as { secret: string }).secret, 'session-watch')
  assert.equal(headers['set-cookie'], undefined)
})

test('SESSION - a wrong password is 401, too many of them 429 with when to come again; both are audited', async () => {
  const wrong = await post('/session', { name: 'admin', password: 'x' })
  assert.deepEqual(
    [wrong.status, wrong.code, wrong.headers['set-cookie']],
    [401, 'wrong', undefined],
  )
  assert.deepEqual(lastAudit(), {
    who: 'nobody',
    role: undefined,
    action: 'sign in',
    target: 'admin',
    reason: undefined,
    outcome: 'refused',
    from: '127.0.0.1',
  })
  const flood = await post('/session', { name: 'flood', password: 'x' })
  assert.deepEqual([flood.status, flood.headers['retry-after']], [429, '2'])
  assert.equal(lastAudit().outcome, 'refused')
})

test('SESSION - the first operator is made once', async () => {
  const first = async () => (await stage.ask({ path: '/api/v1/first' })).json
  assert.deepEqual(await first(), { open: true })
  const claim = { code: 'x', name: 'boss', password: 'secret' }
  assert.equal((await post('/first', claim)).status, 401)
  const { status, headers } = await post('/first', { ...claim, code: 'open-sesame' })
  assert.equal(status, 200)
  assert.match(String(headers['set-cookie']), /^maru_session=/)
  assert.deepEqual([lastAudit().action, lastAudit().who], ['first operator', 'boss'])
  assert.deepEqual(await first(), { open: false })
  assert.equal((await post('/first', { ...claim, code: 'open-sesame' })).status, 401)
})

test('SESSION - everybody sees and ends their own sessions, admins those of all, and a token has none', async () => {
  const ids = async (secret: string) =>
    (
      (await stage.ask({ path: '/api/v1/sessions', headers: bearer(secret) })).json as {
        id: string
      }[]
    ).map(({ id }) => id)
  assert.deepEqual(await ids('session-moderate'), ['session-id-moderate'])
  assert.deepEqual(await ids('token-moderate'), [])
  assert.equal((await ids('session-admin')).length, 3)
  const end = (id: string, secret: string) =>
    stage.ask({ method: 'DELETE', path: `/api/v1/sessions/${id}`, headers: bearer(secret) })
  assert.equal((await end('session-id-admin', 'session-moderate')).status, 404)
  assert.equal((await end('session-id-moderate', 'token-moderate')).status, 404)
  assert.deepEqual(stage.access.calls, [])
  assert.equal((await end('session-id-moderate', 'session-admin')).status, 200)
  assert.deepEqual(stage.access.calls, ['endSession session-id-moderate'])
})

test('SESSION - signing out ends the session and takes the cookie back', async () => {
  const headers = { ...cookie('session-watch'), origin: `http://127.0.0.1:${stage.port}` }
  const out = await stage.ask({ method: 'DELETE', path: '/api/v1/session', headers })
  assert.equal(out.status, 200)
  assert.match(String(out.headers['set-cookie']), /^maru_session=;.*Max-Age=0$/)
  assert.equal((await stage.ask({ path: '/api/v1/session', headers })).status, 401)
})

test('SESSION - a password is changed with the old one, and the proof leaves no session behind', async () => {
  const change = (old: string) =>
    stage.ask({
      method: 'PUT',
      path: '/api/v1/password',
      headers: bearer('session-admin'),
      body: { old, new: 'better' },
    })
  stage.access.calls.length = 0
  assert.equal((await change('x')).status, 401)
  assert.deepEqual(stage.access.calls, [])
  assert.equal((await change('admin')).status, 200)
  assert.deepEqual(stage.access.calls, ['endSession session-id-new', 'setPassword admin'])
})

test('ACTIONS - what is done is audited with who, role, from, whom and why', async () => {
  const headers = bearer('token-moderate')
  const cases = [
    ['/connections/7/disconnect', { reason: 'enough' }, 'disconnect', 'disconnect done', 'enough'],
    ['/connections/7/message', { text: 'whisper' }, 'message', 'message done', undefined],
    ['/announce', { text: 'hear' }, 'announce', 'announce done', 'hear'],
    ['/bans', { kind: 'mute', mask: '*@x', reason: 'loud' }, 'ban', 'ban done', 'loud (for ever)'],
    [
      '/connections/7/ban',
      { kind: 'dline', durationMs: 60_000, reason: 'spam' },
      'ban',
      'banConnection done',
      'spam (for 60 s)',
    ],
  ] as const
  for (const [path, body, action, target, reason] of cases) {
    const { status, json } = await post(path, body, headers)
    assert.deepEqual([status, json], [200, { target }])
    assert.deepEqual(lastAudit(), {
      who: 'moderate',
      role: 'moderate',
      action,
      target,
      reason,
      outcome: 'done',
      from: '127.0.0.1',
    })
  }
  assert.deepEqual(stage.steering.calls.at(-1), [
    'banConnection',
    7,
    { kind: 'dline', durationMs: 60_000, reason: 'spam' },
    { name: 'moderate', role: 'moderate', from: '127.0.0.1' },
  ])
})

test('ACTIONS - nobody to change is 404, what can not be is 409', async () => {
  const headers = bearer('session-admin')
  const remove = (name: string) =>
    stage.ask({ method: 'DELETE', path: `/api/v1/operators/${encodeURIComponent(name)}`, headers })
  assert.deepEqual([(await remove('admin')).status, (await remove('민수')).status], [409, 404])
  const none = await stage.ask({
    method: 'PATCH',
    path: '/api/v1/operators/admin',
    headers,
    body: {},
  })
  assert.equal(none.status, 400)
  const made = await post('/tokens', { name: 'grafana', role: 'watch' }, headers)
  assert.deepEqual(made.json, { id: 't2', secret: 'said-once' })
})

test('HEALTH - /healthz has the facts; /readyz is 503 while it does not serve', async () => {
  const health = await stage.ask({ path: '/healthz' })
  assert.deepEqual(
    [health.status, health.json],
    [200, { status: 'ok', version: '0', connections: 1 }],
  )
  assert.deepEqual((await stage.ask({ path: '/readyz' })).json, { status: 'ready' })
  stage.setReady(false)
  const { status, json } = await stage.ask({ path: '/readyz' })
  assert.deepEqual([status, json], [503, { status: 'not ready' }])
})
