import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openStage, type Stage } from '../support/admin-side.ts'

const SCRIPT = `console.log('${'마루 '.repeat(1000)}')`
const folder = mkdtempSync(join(tmpdir(), 'maru-page-'))
let stage: Stage
before(async () => {
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  mkdirSync(join(folder, 'page/assets'), { recursive: true })
  writeFileSync(join(folder, 'page/index.html'), '<!doctype html><title>Maru</title>')
  writeFileSync(join(folder, 'page/icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(folder, 'page/assets/main-abc.js'), SCRIPT)
  writeFileSync(join(folder, 'page/assets/font-abc.woff2'), 'font')
  stage = await openStage({ page: join(folder, 'page') })
})
after(async () => {
  await stage[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

test('PAGE - the index is never kept, and runs nothing but scripts of this server', async () => {
  const { status, headers, text } = await stage.ask({ path: '/' })
  assert.deepEqual([status, text], [200, '<!doctype html><title>Maru</title>'])
  assert.equal(headers['content-type'], 'text/html; charset=utf-8')
  assert.equal(headers['cache-control'], 'no-store')
  const policy = String(headers['content-security-policy']).split('; ')
  for (const rule of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ])
    assert.ok(policy.includes(rule), rule)
  assert.ok(!policy.some((rule) => rule.includes('unsafe')))
})

test('PAGE - what has its hash in its name is kept for ever', async () => {
  const { headers } = await stage.ask({ path: '/assets/main-abc.js' })
  assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
  assert.equal(headers['content-type'], 'text/javascript; charset=utf-8')
  const icon = await stage.ask({ path: '/icon.svg' })
  assert.deepEqual(
    [icon.headers['cache-control'], icon.headers['content-type']],
    ['no-store', 'image/svg+xml; charset=utf-8'],
  )
})

test('PAGE - it comes packed in the way that was asked for, and is the same', async () => {
  const get = async (encoding: string) => {
    const response = await fetch(`http://127.0.0.1:${stage.port}/assets/main-abc.js`, {
      headers: { 'accept-encoding': encoding },
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    return {
      bytes,
      packing: response.headers.get('content-encoding'),
      length: Number(response.headers.get('content-length')),
      vary: response.headers.get('vary'),
    }
  }
  for (const [asked, packing] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', null],
  ] as const) {
    for (const answer of [await get(asked), await get(asked)]) {
      assert.equal(answer.packing, packing, asked)
      assert.equal(answer.vary, 'Accept-Encoding')
      assert.equal(answer.bytes.toString(), SCRIPT)
      assert.equal(answer.length < SCRIPT.length / 2, packing !== null)
    }
  }
  const raw = await stage.ask({
    path: '/assets/font-abc.woff2',
    headers: { 'accept-encoding': 'br' },
  })
  assert.equal(raw.headers['content-encoding'], undefined)
})

test('PAGE - who has it already gets 304, each packing apart', async () => {
  const path = '/assets/main-abc.js'
  const first = await stage.ask({ path })
  const etag = String(first.headers.etag)
  assert.match(etag, /^"[\w-]{22}"$/)
  const again = await stage.ask({ path, headers: { 'if-none-match': `"other", W/${etag}` } })
  assert.deepEqual([again.status, again.text, again.headers.etag], [304, '', etag])
  const headers = { 'if-none-match': etag, 'accept-encoding': 'gzip' }
  const packed = await stage.ask({ path, headers })
  assert.equal(packed.status, 200)
  assert.notEqual(packed.headers.etag, etag)
})

test('PAGE - HEAD has the headers of GET and nothing else', async () => {
  const { status, text, headers } = await stage.ask({ method: 'HEAD', path: '/' })
  assert.deepEqual([status, text, headers['content-length']], [200, '', '34'])
})

test('PAGE - nothing outside of its folder can be had by any name', async () => {
  const paths = [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '//etc/passwd',
    '/assets',
    '/assets/',
    '/index.html/..',
    '/assets/main-abc.js%00',
    '/__proto__',
    '/constructor',
    '/assets\\main-abc.js',
  ]
  for (const path of paths) {
    const { status, text } = await stage.ask({ path })
    assert.ok(status === 404 || status === 400, `${path}: ${status}`)
    assert.ok(!text.includes('secret"') && !text.startsWith('secret'), path)
  }
  assert.equal((await stage.ask({ method: 'POST', path: '/', body: {} })).status, 404)
})

test('PAGE - where it is not built, it says how to', async () => {
  for (const page of [join(folder, 'none'), join(folder, 'page/assets')]) {
    await using bare = await openStage({ page })
    const { status, text, headers } = await bare.ask({ path: '/' })
    assert.equal(status, 503)
    assert.match(text, /npm run build/)
    assert.equal(headers['content-type'], 'text/plain; charset=utf-8')
  }
})
