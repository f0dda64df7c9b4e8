import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { selfSignedCertificate } from '../../src/server/certificate.ts'
import { Cable } from '../support/terminal-chat-cable.ts'
import { control, isIn, onPosix, openChat, startQuickServer } from '../support/terminal-chat.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-chat-trust-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test(
  'CHAT - a certificate that nobody vouches for is shown, agreed to once, and must not change',
  onPosix,
  async () => {
    const home = mkdtempSync(join(folder, 'home-'))
    await using server = await startQuickServer({ doors: ['tls'] })
    const fingerprint = /[0-9A-F]{2}(?::[0-9A-F]{2}){31}/
    await using cable = new Cable(server.portOf('tls'))
    await cable.begin()
    const { port } = cable
    const open = () => openChat({ port, over: 'ircs', nick: 'minji', home })

    await using refused = open()
    await refused.until('Are they the same? [y/N]')
    const [shown = ''] = fingerprint.exec(refused.lines().join('')) ?? []
    refused.type('\r')
    await refused.until('maru: not trusted, so not connected')
    assert.equal((await refused.ended).exitCode, 1)

    await using agreed = open()
    await agreed.until('Are they the same? [y/N]')
    agreed.type('y\r')
    await isIn(agreed)
    const known = join(home, '.local', 'state', 'maru', 'known-servers.json')
    const { [`127.0.0.1:${port}`]: kept = '' } = JSON.parse(readFileSync(known, 'utf8')) as Record<
      string,
      string
    >
    assert.equal(kept, shown)

    // Another server takes its place: nothing is said to it.
    await using other = await startQuickServer({ doors: ['tls'] })
    cable.cut()
    cable.mend(other.portOf('tls'))
    await agreed.until('THE CERTIFICATE OF THE SERVER HAS CHANGED')
    await using changed = open()
    await changed.until(`THE CERTIFICATE OF 127.0.0.1:${port} HAS CHANGED`)
    assert.equal((await changed.ended).exitCode, 1)
    assert.equal(other.log.filter(({ event }) => event === 'registered').length, 0)

    // The one that was agreed to is back, and nothing more is asked.
    cable.cut()
    cable.mend(server.portOf('tls'))
    agreed.type(control('t'))
    await agreed.until(/ ● online/)
    agreed.type('still me\r')
    await agreed.until(/minji still me/)
  },
)

test(
  'CHAT - a host that has asked for TLS gets nothing without it any more, and nobody is asked to let it go',
  onPosix,
  async () => {
    const home = mkdtempSync(join(folder, 'home-'))
    await selfSignedCertificate(folder, 'irc.test', Date.now())
    const [certificate, key] = [join(folder, 'tls.crt'), join(folder, 'tls.key')]
    await using server = await startQuickServer({
      doors: ['plain', 'tls'],
      config: `[limits]
preset = "off"
[tls]
certificate = ${JSON.stringify(certificate)}
key = ${JSON.stringify(key)}
[sts]
enabled = true
duration_seconds = 3600
`,
    })
    // Whoever keeps this certificate among those of the system has it vouched for.
    const environment = { NODE_EXTRA_CA_CERTS: certificate }
    const [plain, tls] = [server.portOf('plain'), server.portOf('tls')]
    {
      await using first = openChat({ port: tls, over: 'ircs', nick: 'minji', home, environment })
      await isIn(first)
      first.type('/quit\r')
      assert.equal((await first.ended).exitCode, 0)
    }
    {
      const args = ['--log']
      await using again = openChat({ port: plain, nick: 'minji', home, environment, args })
      await isIn(again)
      const log = readFileSync(join(home, '.local/state/maru/chat.log'), 'utf8')
      assert.match(log, new RegExp(`connecting to 127.0.0.1 ${tls} tls`))
      assert.doesNotMatch(log, new RegExp(`connecting to 127.0.0.1 ${plain} `))
    }
    await using unvouched = openChat({ port: plain, nick: 'minji', home })
    await unvouched.until('has asked to be spoken to over TLS alone')
    assert.equal((await unvouched.ended).exitCode, 1)
    assert.equal(unvouched.rowOf('[y/N]'), -1)
  },
)
