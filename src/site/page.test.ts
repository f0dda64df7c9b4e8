import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readPage } from './page.ts'

const HTML = '<!doctype html><html><head><title>Maru</title></head><body></body></html>'

async function served(facts: Readonly<Record<string, string>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'maru-page-'))
  try {
    writeFileSync(join(folder, 'index.html'), HTML)
    const notBuilt = { status: 503, text: 'not built' } as const
    const page = readPage({ folder, policy: "default-src 'none'", notBuilt, facts })
    const answer = await page.answer('/', {})
    return answer?.body.toString('utf8') ?? ''
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('page - what it is told of the server stands in its head, as text and nothing else', async () => {
  const html = await served({ network: '마당 & $& "><script>', 'landing-room': '#lobby' })
  const content = '마당 &amp; $&amp; &quot;&gt;&lt;script&gt;'
  assert.ok(html.includes(`<meta name="maru-network" content="${content}" />`), html)
  assert.match(html, /<meta name="maru-landing-room" content="#lobby" \/>\n<\/head>/)
  assert.doesNotMatch(html, /<script>/)
})

test('page - without anything to be told it is sent as it was built', async () => {
  assert.equal(await served({}), HTML)
})
