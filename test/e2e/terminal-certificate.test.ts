import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { generate } from 'selfsigned'
import { PtyProgram } from '../support/terminal-pty.ts'
import { FakeAdminServer, SECRET } from '../support/terminal-server.ts'

const onPosix = { skip: process.platform === 'win32' }

const folder = mkdtempSync(join(tmpdir(), 'maru-certificate-'))
after(() => rmSync(folder, { recursive: true }))

async function certificate() {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'somewhere.else' }])
  return { key, cert, fingerprint: new X509Certificate(cert).fingerprint256 }
}

test(
  'TERMINAL - a certificate that nobody signed is shown, agreed to once, and must not change',
  onPosix,
  async () => {
    const server = new FakeAdminServer()
    const first = await certificate()
    server.tls = first
    await server.start()
    const open = () =>
      new PtyProgram({
        args: ['monitor', server.url],
        environment: { MARU_TOKEN: SECRET, XDG_STATE_HOME: folder },
        columns: 120,
      })
    const { host } = new URL(server.url)
    try {
      await using refused = open()
      await refused.until(first.fingerprint)
      await refused.until('Are they the same? [y/N]')
      refused.type('\r')
      await refused.until('maru: not trusted, so not connected')
      assert.equal((await refused.ended).exitCode, 1)
      assert.deepEqual(server.requests, [])

      await using agreed = open()
      await agreed.until('Are they the same? [y/N]')
      agreed.type('y\r')
      await agreed.until('mina (admin)')
      const known = join(folder, 'maru', 'known-servers.json')
      assert.deepEqual(JSON.parse(readFileSync(known, 'utf8')), { [host]: first.fingerprint })

      await using again = open()
      await again.until('mina (admin)')
      assert.ok(!again.raw.includes('[y/N]'))

      const { length: askedBefore } = server.requests
      await server.stop()
      const second = await certificate()
      server.tls = second
      await server.startAnew()
      await agreed.until('CERTIFICATE CHANGED')
      await using changed = open()
      await changed.until(`THE CERTIFICATE OF ${host} HAS CHANGED`)
      await changed.until(second.fingerprint)
      assert.equal((await changed.ended).exitCode, 1)
      assert.equal(server.requests.length, askedBefore)
    } finally {
      await server.stop()
    }
  },
)
