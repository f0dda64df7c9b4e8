import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { routes } from '../../src/monitor/http/route-table.ts'
import { bearer, cookie, openStage, type Asking, type Stage } from '../support/admin-side.ts'
import { ROOM } from '../support/monitor-doubles.ts'

let stage: Stage
before(async () => {
  stage = await openStage()
})
after(() => stage[Symbol.asyncDispose]())

const ADMIN = bearer('token-admin')
const own = () => `http://127.0.0.1:${stage.port}`
const announce = (headers: Asking['headers'] = {}, body: Asking['body'] = { text: 'hello' }) =>
  stage.ask({ method: 'POST', path: '/api/v1/announce', headers, body })
const last = () => stage.audit.records.at(-1)

test('GATE - a Host that is not ours is refused on every path: 421', async () => {
  const foreign = [
    'evil.test',
    `evil.test:${stage.port}`,
    '192.0.2.7',
    'localhost.evil.test',
    '127.0.0.1.evil.test',
    '127.evil.test',
    'evil.test#localhost',
  ]
  for (const host of foreign) {
    for (const path of ['/', '/healthz', '/metrics', '/api/v1/status', '/api/docs', '/no/such']) {
      const { status } = await stage.ask({ path, headers: { ...ADMIN, host } })
      assert.equal(status, 421, `${host} ${path}`)
    }
  }
  assert.equal(last()?.outcome, 'refused')
  assert.match(await raw('GET /healthz HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n'), / 421 /)
})

test('GATE - localhost, loopback literals, the bound address and configured names are ours, with any port', async () => {
  const ours = [
    'localhost',
    'LOCALHOST:1',
    '127.0.0.1',
    '127.9.9.9:80',
    '[::1]',
    '[::1]:8068',
    '[0:0::1]',
    'maru.test',
    'Maru.Test:443',
  ]
  for (const host of ours) {
    const { status } = await stage.ask({ path: '/healthz', headers: { host } })
    assert.equal(status, 200, host)
  }
})

test('GATE - bound to all addresses, the one that a connection came in on is ours', async () => {
  await using open = await openStage({ host: '0.0.0.0' })
  assert.equal((await open.ask({ path: '/healthz', headers: { host: '127.0.0.1' } })).status, 200)
  assert.equal((await open.ask({ path: '/healthz', headers: { host: '192.0.2.7' } })).status, 421)
})

test('GATE - a secret in the URL is refused with 400, and is not written down', async () => {
  for (const name of ['token', 'access_token', 'secret', 'code', 'TOKEN', 'to%6ben']) {
    const path = `/api/v1/status?x=1&${name}=hunter2`
    const { status, code } = await stage.ask({ path, headers: ADMIN })
    assert.deepEqual({ status, code }, { status: 400, code: 'secret in URL' }, name)
    assert.ok(!JSON.stringify(last()).includes('hunter2'))
  }
})

test('GATE - a foreign Origin is refused, also with a right bearer, also for reading', async () => {
  const foreign = [
    'http://evil.test',
    'null',
    `https://127.0.0.1:${stage.port + 1}`,
    `http://localhost:${stage.port}`,
    `http://127.0.0.1:${stage.port}/`,
    'file://',
    `http://x@127.0.0.1:${stage.port}`,
    '',
  ]
  for (const origin of foreign) {
    assert.equal((await announce({ ...ADMIN, origin })).status, 403, origin)
    const read = await stage.ask({ path: '/api/v1/status', headers: { ...ADMIN, origin } })
    assert.equal(read.status, 403, origin)
  }
  assert.equal(stage.steering.calls.length, 0)
})

test('GATE - a change made with a cookie needs our Origin, or Sec-Fetch-Site: same-origin', async () => {
  const session = cookie('session-admin')
  for (const headers of [
    {},
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'none' },
  ])
    assert.equal((await announce({ ...session, ...headers })).status, 403, JSON.stringify(headers))
  assert.equal(stage.steering.calls.length, 0)
  for (const headers of [{ origin: own() }, { 'sec-fetch-site': 'same-origin' }])
    assert.equal((await announce({ ...session, ...headers })).status, 200, JSON.stringify(headers))
  assert.equal((await announce(ADMIN)).status, 200)
})

test('GATE - a page of another port at this address can not read with the cookie', async () => {
  const headers = { ...cookie('session-admin'), 'sec-fetch-site': 'same-site' }
  assert.equal((await stage.ask({ path: '/api/v1/connections', headers })).status, 403)
})

test('GATE - signing in from a foreign page is refused, though no cookie is there yet', async () => {
  const body = { name: 'admin', password: 'admin' }
  const path = '/api/v1/session'
  for (const headers of [{ origin: 'http://evil.test' }, { 'sec-fetch-site': 'cross-site' }]) {
    const { status } = await stage.ask({ method: 'POST', path, headers, body })
    assert.equal(status, 403)
  }
})

test('GATE - what a form can send is refused: 415', async () => {
  const session = { ...cookie('session-admin'), origin: own() }
  const forms = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    'application/jsonx',
  ]
  for (const type of forms) {
    const { status } = await announce({ ...session, 'content-type': type }, '{"text":"hello"}')
    assert.equal(status, 415, type)
  }
  assert.equal((await announce(session, '{"text":"hello"}')).status, 415)
  const utf8 = { ...session, 'content-type': 'application/json; charset=utf-8' }
  assert.equal((await announce(utf8, '{"text":"hello"}')).status, 200)
})

test('GATE - a body of more than 64 KiB is refused, whether it says so or not: 413', async () => {
  const text = 'x'.repeat(70_000)
  assert.equal((await announce(ADMIN, { text })).status, 413)
  const body = JSON.stringify({ text })
  const answer = await raw(
    `POST /api/v1/announce HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer token-admin\r\n` +
      `Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n` +
      `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  )
  assert.match(answer, /^HTTP\/1\.1 413 /)
})

test('GATE - a body that does not fit is refused with the field and why: 400', async () => {
  const nested = `${'['.repeat(5000)}${']'.repeat(5000)}`
  const json = { ...ADMIN, 'content-type': 'application/json' }
  const cases: readonly (readonly [body: Asking['body'], field: string | undefined])[] = [
    [{}, 'text'],
    [{ text: 7 }, 'text'],
    [{ text: '' }, 'text'],
    [{ text: 'two\nlines' }, 'text'],
    [{ text: 'x', admin: true }, 'admin'],
    [{ text: 'x', constructor: 1 }, 'constructor'],
    [{ text: ['x'] }, 'text'],
    ['{"text":"x","__proto__":{"admin":true}}', undefined],
    ['{"text":"x","constructor":{"prototype":{"admin":true}}}', undefined],
    ['{"text":', undefined],
    ['"text"', undefined],
    ['null', 'text'],
    [nested, undefined],
    [`{"text":${nested}}`, 'text'],
    ['', 'text'],
  ]
  const calls = stage.steering.calls.length
  for (const [body, field] of cases) {
    const { status, json: answer } = await announce(json, body)
    const error = (answer as { error: { field?: string; text: string } }).error
    assert.equal(status, 400, JSON.stringify(body).slice(0, 100))
    assert.equal(error.field, field, JSON.stringify(body).slice(0, 100))
    assert.ok(error.text.length > 0 && error.text.length < 300)
  }
  assert.equal(stage.steering.calls.length, calls)
  assert.equal(({} as { admin?: boolean }).admin, undefined)
})

test('GATE - a query that does not fit is refused: 400', async () => {
  const wrong = [
    'from=-1',
    'from=1e3',
    'from=',
    'count=501',
    'count=x',
    'from=1&from=2',
    'nonsense=1',
    'descending=yes',
    '__proto__=1',
    `filter=${'x'.repeat(201)}`,
    'sort=nonsense',
  ]
  for (const query of wrong) {
    const { status } = await stage.ask({ path: `/api/v1/connections?${query}`, headers: ADMIN })
    assert.equal(status, 400, query)
  }
  const path = `/api/v1/connections?filter=${encodeURIComponent('민수 %')}&sort=nick&descending=true&from=0&count=2`
  assert.equal((await stage.ask({ path, headers: ADMIN })).status, 200)
  const query = {
    of: 'connections',
    filter: '민수 %',
    sort: 'nick',
    descending: true,
    from: 0,
    count: 2,
  }
  assert.deepEqual(stage.source.queries.at(-1), query)
})

test('GATE - ids that are no numbers are refused, those that nobody has are not found', async () => {
  for (const id of ['x', '-1', '1.5', '0x7', '1e1', '%00', '99999999999999999999', 'NaN']) {
    const { status } = await stage.ask({ path: `/api/v1/connections/${id}`, headers: ADMIN })
    assert.equal(status, 400, id)
  }
  assert.equal((await stage.ask({ path: '/api/v1/connections/8', headers: ADMIN })).status, 404)
  const gone = { method: 'POST', path: '/api/v1/connections/404/disconnect', headers: ADMIN }
  assert.equal((await stage.ask({ ...gone, body: { reason: '' } })).status, 404)
  const { outcome, target, action } = last() ?? {}
  assert.deepEqual(
    { outcome, target, action },
    { outcome: 'failed', target: 'connection 404', action: 'disconnect' },
  )
})

test("GATE - room names with Korean, '#', '/' and '%' arrive as they are", async () => {
  const path = `/api/v1/rooms/${encodeURIComponent(ROOM)}`
  assert.equal((await stage.ask({ path: `${path}/members`, headers: ADMIN })).status, 200)
  const body = { nick: '민수', reason: '그만' }
  const kick = { method: 'POST', path: `${path}/kick`, headers: ADMIN, body }
  assert.equal((await stage.ask(kick)).status, 200)
  assert.deepEqual(stage.steering.calls.at(-1)?.slice(0, 4), ['kick', ROOM, '민수', '그만'])
  for (const broken of ['%', '%zz', '%ff']) {
    const { status } = await stage.ask({ path: `/api/v1/rooms/${broken}/members`, headers: ADMIN })
    assert.ok(status === 400 || status === 404, `${broken}: ${status}`)
  }
})

test('GATE - unknown paths, other methods, HEAD and OPTIONS are answered plainly, and never with CORS', async () => {
  const headers = { ...ADMIN, origin: own() }
  const of = async (method: string, path: string) => {
    const answer = await stage.ask({ method, path, headers })
    const cors = Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))
    assert.deepEqual(cors, [], `${method} ${path}`)
    return answer
  }
  const unknown = await of('GET', '/api/v1/nonsense')
  assert.deepEqual([unknown.status, unknown.code], [404, 'not found'])
  assert.equal((await of('GET', '/api/v1/announce')).status, 405)
  assert.equal((await of('GET', '/api/v1/announce')).headers.allow, 'POST')
  assert.equal((await of('HEAD', '/api/v1/feed')).status, 405)
  assert.equal((await of('TRACE', '/api/v1/status')).status, 405)
  assert.equal((await of('PROPFIND', '/api/v1/status')).status, 405)
  const options = await of('OPTIONS', '/api/v1/announce')
  assert.deepEqual([options.status, options.headers.allow], [204, 'POST, OPTIONS'])
  const head = await of('HEAD', '/api/v1/status')
  assert.deepEqual([head.status, head.text], [200, ''])
  assert.equal((await of('GET', '/api/v1/feed/socket')).status, 426)
})

test('GATE - HEAD has the rights of GET', async () => {
  for (const { method, path, action } of routes.filter(({ least }) => least === 'admin')) {
    if (method !== 'GET' || action !== undefined) continue
    const answer = await stage.ask({ method: 'HEAD', path, headers: bearer('token-watch') })
    assert.equal(answer.status, 403, path)
  }
})

test('GATE - every answer has the headers that browsers go by', async () => {
  for (const path of [
    '/',
    '/healthz',
    '/api/v1/status',
    '/api/v1/none',
    '/api/v1/nonsense',
    '/%zz',
  ]) {
    const { headers } = await stage.ask({ path })
    assert.equal(headers['cache-control'], 'no-store', path)
    assert.equal(headers['x-content-type-options'], 'nosniff', path)
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
    assert.equal(headers['x-frame-options'], 'DENY')
    assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/)
  }
})

test('GATE - /metrics is open to this machine, but not to whom a proxy on it speaks for', async () => {
  const { status, text, headers } = await stage.ask({ path: '/metrics' })
  assert.deepEqual([status, text], [200, 'maru_connections 1\n'])
  assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/)
  const proxied = { 'x-forwarded-for': '192.0.2.1' }
  assert.equal((await stage.ask({ path: '/metrics', headers: proxied })).status, 401)
  const known = { ...proxied, ...bearer('token-watch') }
  assert.equal((await stage.ask({ path: '/metrics', headers: known })).status, 200)
})

test('GATE - what is asked with an upgrade to HTTP/2 is answered as if it were not', async () => {
  const answer = await raw(
    'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n',
  )
  assert.match(answer, /^HTTP\/1\.1 200 /)
  assert.match(answer, /"status":"ok"/)
})

test('GATE - the audit and the log never have a password, a code, a secret or a message', async () => {
  const secrets = ['hunter2', 'open-sesame', 'said-once', 'whispered']
  const asks: Asking[] = [
    { method: 'POST', path: '/api/v1/session', body: { name: 'admin', password: 'hunter2' } },
    {
      method: 'POST',
      path: '/api/v1/first',
      body: { code: 'hunter2', name: 'x', password: 'hunter2' },
    },
    { method: 'POST', path: '/api/v1/session', body: { name: 'admin', password: 'hunter2', x: 1 } },
    {
      method: 'PUT',
      path: '/api/v1/password',
      headers: bearer('session-admin'),
      body: { old: 'hunter2', new: 'hunter2' },
    },
    {
      method: 'PATCH',
      path: '/api/v1/operators/watch',
      headers: ADMIN,
      body: { password: 'hunter2' },
    },
    { method: 'POST', path: '/api/v1/tokens', headers: ADMIN, body: { name: 'x', role: 'watch' } },
    {
      method: 'POST',
      path: '/api/v1/connections/7/message',
      headers: ADMIN,
      body: { text: 'whispered' },
    },
    {
      method: 'POST',
      path: '/api/v1/connections/7/message',
      headers: ADMIN,
      body: { text: 'whispered', x: 1 },
    },
  ]
  const before = stage.audit.records.length
  for (const asking of asks) await stage.ask(asking)
  assert.equal(stage.audit.records.length, before + asks.length)
  const written = JSON.stringify([stage.audit.records, stage.errors])
  for (const secret of secrets) assert.ok(!written.includes(secret), secret)
})

/** Everything that comes back for these bytes. */
async function raw(bytes: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: stage.port })
  socket.write(bytes)
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  const { promise, resolve } = Promise.withResolvers<void>()
  socket.on('close', resolve).on('error', () => {})
  await promise
  return text
}
